import { t } from '@app/ui/i18n';
import { Field } from '../ui/field';
import { faultAt } from './fault';

interface TwinTextsProps {
  label: string;
  values: { fr: string; ar: string };
  /** Where the two lie in the body. */
  pointers: { fr: string; ar: string };
  problem: unknown;
  maxLength?: number;
  onChange: (language: 'fr' | 'ar', text: string) => void;
}

/** One line in both languages, side by side, each in its own direction. */
export function TwinTexts({ label, values, pointers, problem, maxLength = 200, onChange }: TwinTextsProps) {
  return (
    <div className="rl-twins">
      {(['fr', 'ar'] as const).map((language) => (
        <Field
          key={language}
          label={t('rules.twin', { label, language: t(`desk.lang.${language}`) })}
          error={faultAt(problem, pointers[language])}
        >
          {(control) => (
            <input
              {...control}
              className="inp"
              lang={language}
              dir={language === 'ar' ? 'rtl' : 'ltr'}
              maxLength={maxLength}
              value={values[language]}
              onChange={(event) => onChange(language, event.target.value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
