import { useState } from 'react';
import { Bidi } from '@app/ui/bidi';

interface PercentFieldProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** Null: nothing stands there. What is no number is 0, which is refused where it is sent. */
function numberOf(text: string): number | null {
  if (text.trim() === '') return null;
  return Number.isInteger(Number(text)) ? Number(text) : 0;
}

/** A share of a hundred, as it was typed until the value becomes another. */
export function PercentField({ label, value, onChange }: PercentFieldProps) {
  const [typed, setTyped] = useState(String(value ?? ''));
  return (
    <span className="rl-minutes">
      <input
        className="inp"
        dir="ltr"
        inputMode="numeric"
        maxLength={3}
        aria-label={label}
        value={numberOf(typed) === value ? typed : String(value ?? '')}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(numberOf(event.target.value));
        }}
      />
      <Bidi className="rl-unit">%</Bidi>
    </span>
  );
}
