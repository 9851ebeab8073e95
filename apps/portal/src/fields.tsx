import type { HTMLAttributes, ReactNode } from 'react';
import { t } from '@app/ui/i18n';

interface TextFieldProps {
  id: string;
  label: ReactNode;
  value: string;
  set(value: string): void;
  /** Digits and Latin letters stand left to right in both languages. */
  kind?: 'text' | 'email' | 'tel' | 'code' | 'digits' | 'password';
  hint?: string;
  problem?: string | null;
  autoComplete?: string;
  maxLength?: number;
  enterKeyHint?: HTMLAttributes<HTMLInputElement>['enterKeyHint'];
}

const INPUT = {
  text: { type: 'text', dir: 'auto' },
  email: { type: 'email', dir: 'ltr', inputMode: 'email' },
  tel: { type: 'tel', dir: 'ltr', inputMode: 'tel' },
  code: { type: 'text', dir: 'ltr', autoCapitalize: 'characters', spellCheck: false },
  digits: { type: 'text', dir: 'ltr', inputMode: 'numeric' },
  password: { type: 'password', dir: 'ltr' },
} as const;

export function TextField({
  id,
  label,
  value,
  set,
  kind = 'text',
  hint,
  problem,
  maxLength = 200,
  ...rest
}: TextFieldProps) {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className="field">
        <input
          id={id}
          {...INPUT[kind]}
          {...rest}
          value={value}
          maxLength={maxLength}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described || undefined}
          onInput={(event) => set(event.currentTarget.value)}
        />
      </div>
      <FieldProblem id={id} text={problem} />
    </div>
  );
}

export function FieldProblem({ id, text }: { id: string; text?: string | null }) {
  if (!text) return null;
  return (
    <p className="field-problem" id={`${id}-problem`}>
      {text}
    </p>
  );
}

interface OptionProps {
  name: string;
  checked: boolean;
  choose(): void;
  children: ReactNode;
  lang?: string;
}

/** One choice of several, as wide as a thumb needs. */
export function Option({ name, checked, choose, children, lang }: OptionProps) {
  return (
    <label className={checked ? 'opt on' : 'opt'} lang={lang}>
      <input type="radio" className="rad" name={name} checked={checked} onChange={choose} />
      {children}
    </label>
  );
}

interface LanguageChoiceProps {
  label: string;
  value: 'ar' | 'fr';
  choose(language: 'ar' | 'fr'): void;
}

/** The language somebody wants to be answered or called in. */
export function LanguageChoice({ label, value, choose }: LanguageChoiceProps) {
  return (
    <fieldset>
      <legend className="lab">{label}</legend>
      <div className="two">
        {(['ar', 'fr'] as const).map((language) => (
          <Option
            key={language}
            name="language"
            lang={language}
            checked={value === language}
            choose={() => choose(language)}
          >
            <span className="grow">{t(`portal.language.${language}`)}</span>
          </Option>
        ))}
      </div>
    </fieldset>
  );
}
