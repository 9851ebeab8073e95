import { t } from '@app/ui/i18n';
import { Field } from '../ui/field';
import { refusedAt } from './refused';

interface TwinFieldProps {
  /** Names of the two fields of the body, and words of their labels. */
  name: string;
  label: string;
  values: { fr: string; ar: string };
  onChange: (language: 'fr' | 'ar', text: string) => void;
  problem: unknown;
  long?: boolean;
  hint?: string;
}

/** One text in both languages, side by side, each in its own direction. */
export function TwinField({ name, label, values, onChange, problem, long, hint }: TwinFieldProps) {
  return (
    <div className="sys-twins">
      {(['fr', 'ar'] as const).map((language) => (
        <Field
          key={language}
          label={t('system.twin', { label, language: t(`desk.lang.${language}`) })}
          hint={hint}
          error={refusedAt(problem, `/${name}${language === 'fr' ? 'Fr' : 'Ar'}`)}
        >
          {(control) => {
            const props = {
              ...control,
              className: 'inp',
              lang: language,
              dir: language === 'ar' ? 'rtl' : 'ltr',
              value: values[language],
            };
            return long ? (
              <textarea {...props} onChange={(event) => onChange(language, event.currentTarget.value)} />
            ) : (
              <input {...props} onChange={(event) => onChange(language, event.currentTarget.value)} />
            );
          }}
        </Field>
      ))}
    </div>
  );
}
