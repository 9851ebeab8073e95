import { Field } from '../ui/field';
import { TimeInput } from './time-input';

interface TimeFieldProps {
  label: string;
  /** `HH:MM`. */
  value: string;
  onChange: (time: string) => void;
}

/** A time of day with its label. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  return <Field label={label}>{(control) => <TimeInput {...control} value={value} onChange={onChange} />}</Field>;
}
