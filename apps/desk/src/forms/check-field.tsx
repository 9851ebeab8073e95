import type { ReactNode } from 'react';

interface CheckFieldProps {
  label: ReactNode;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Yes or no, as wide as its words. */
export function CheckField({ label, hint, checked, disabled, onChange }: CheckFieldProps) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        <span className="b">{label}</span>
        {hint && (
          <span className="mut" style={{ display: 'block' }}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
