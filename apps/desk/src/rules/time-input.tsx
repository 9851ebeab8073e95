import { useState, type InputHTMLAttributes } from 'react';

interface TimeInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  /** `HH:MM`, or what was typed when it is none. */
  value: string;
  onChange: (time: string) => void;
}

/** `9` is 09:00, `930` and `9h30` are 09:30. */
function timeOf(typed: string): string | null {
  const [, hour, minute = '00'] = /^\s*(\d{1,2})\s*[:hH.]?\s*(\d{2})?\s*$/.exec(typed) ?? [];
  return hour === undefined ? null : `${hour.padStart(2, '0')}:${minute}`;
}

/** A time of day, typed with 24 hours from left to right, whatever the language of the browser. */
export function TimeInput({ value, onChange, ...rest }: TimeInputProps) {
  const [typed, setTyped] = useState(value);
  const shown = typed === value || timeOf(typed) === value ? typed : value;
  return (
    <input
      {...rest}
      className="inp rl-clocktime"
      dir="ltr"
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(timeOf(event.target.value) ?? event.target.value);
      }}
      onBlur={() => setTyped(value)}
    />
  );
}
