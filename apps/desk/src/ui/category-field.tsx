import { useQuery } from '@tanstack/react-query';
import { t } from '@app/ui/i18n';
import { categoriesQuery } from '../data/queries';
import { Field } from './field';
import { nameOf } from './names';

interface CategoryFieldProps {
  label: string;
  error?: string | null;
  value: string;
  disabled?: boolean;
  onChange: (code: string) => void;
}

/** What a ticket is about: the categories by theme. */
export function CategoryField({ label, error, value, disabled, onChange }: CategoryFieldProps) {
  const { data: tree } = useQuery(categoriesQuery);
  return (
    <Field label={label} error={error}>
      {(control) => (
        <select
          {...control}
          className="inp"
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        >
          {value === '' && <option value="">{t('desk.common.choose')}</option>}
          {tree?.items.map((theme) => (
            <optgroup key={theme.code} label={nameOf(theme)}>
              {theme.categories.map((one) => (
                <option key={one.code} value={one.code}>
                  {nameOf(one)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
