import { useQuery } from '@tanstack/react-query';
import { t } from '@app/ui/i18n';
import { placesQuery } from '../context/use-place-name';
import { Field } from './field';
import { nameOf } from './names';

interface PlaceFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  onChange: (code: string) => void;
}

/** A province by region, or a region as a whole. */
export function PlaceField({ label, hint, error, value, onChange }: PlaceFieldProps) {
  const { data } = useQuery(placesQuery);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('desk.common.choose')}</option>
          {data?.regions.map((region) => (
            <optgroup key={region.code} label={nameOf(region)}>
              <option value={region.code}>{t('desk.place.wholeRegion', { name: nameOf(region) })}</option>
              {region.provinces.map((one) => (
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
