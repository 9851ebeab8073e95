import { Field } from '../ui/field';

interface DayFieldProps {
  label: string;
  hint?: string;
  /** `YYYY-MM-DD`. */
  value: string;
  onChange: (day: string) => void;
}

/** One day; it cannot be emptied. */
export function DayField({ label, hint, value, onChange }: DayFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          type="date"
          className="inp"
          value={value}
          onChange={(event) => event.target.value && onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
