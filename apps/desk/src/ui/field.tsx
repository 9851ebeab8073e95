import { useId, type ReactNode } from 'react';

/** What a control needs to be tied to its label, hint and error. */
export interface FieldControl {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  children: (control: FieldControl) => ReactNode;
}

/** Label above, hint and error below, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, ...(error ? { 'aria-invalid': true } : {}) })}
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      {error && (
        <span id={`${id}-error`} className="err" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  value: T | null;
  options: readonly { value: T; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
  onChange: (value: T) => void;
}

/** One of a few, all visible: arrow keys move, as the browser does for radio buttons. */
export function Choices<T extends string>({ label, value, options, onChange }: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset className="field" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="lab" style={{ padding: 0, marginBlockEnd: 6, fontWeight: 600 }}>
        {label}
      </legend>
      <div className="choices">
        {options.map((one) => (
          <label key={one.value} className="choice">
            <input
              type="radio"
              name={name}
              value={one.value}
              checked={one.value === value}
              disabled={one.disabled}
              onChange={() => onChange(one.value)}
            />
            <span>
              <span className="b">{one.label}</span>
              {one.hint && (
                <span className="mut" style={{ display: 'block' }}>
                  {one.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
