import { DateField } from '../forms/date-field';

interface DayFieldProps {
  label: string;
  hint?: string;
  /** `YYYY-MM-DD`. */
  value: string;
  onChange: (day: string) => void;
}

/** One day; it cannot be emptied. */
export function DayField({ onChange, ...rest }: DayFieldProps) {
  return <DateField {...rest} onChange={(day) => day && onChange(day)} />;
}
