import { Field } from '../ui/field';
import '../styles/forms.css';

interface TextFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  max: number;
  /** Left to right for telephones, codes and addresses; else as the text of its language reads. */
  dir?: 'ltr' | 'rtl' | 'auto';
  type?: 'text' | 'tel' | 'email';
  onChange: (value: string) => void;
}

/** One line of text. */
export function TextField({ label, hint, error, value, max, dir = 'auto', type = 'text', onChange }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          className={dir === 'auto' ? 'inp said' : 'inp'}
          dir={dir}
          type={type}
          maxLength={max}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
