import { DateField } from '../forms/date-field';

interface DayFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  /** `YYYY-MM-DD`. */
  value: string;
  onChange: (day: string) => void;
}

/** One day; it cannot be emptied. */
export function DayField({ onChange, ...props }: DayFieldProps) {
  return <DateField {...props} onChange={(day) => day && onChange(day)} />;
}
