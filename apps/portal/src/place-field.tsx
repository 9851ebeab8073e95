import { t } from '@app/ui/i18n';
import { nameOf, type PortalView } from './portal-data';

interface PlaceFieldProps {
  id: string;
  view: PortalView;
  value: string;
  choose(code: string): void;
  invalid?: boolean;
  describedBy?: string;
}

/** Region, or the province inside it: the telephone's own list, grouped. */
export function PlaceField({ id, view, value, choose, invalid, describedBy }: PlaceFieldProps) {
  return (
    <span className="select">
      <select
        id={id}
        value={value}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="" disabled>
          {t('portal.place.choose')}
        </option>
        {view.regions.map((region) => (
          <optgroup key={region.code} label={nameOf(region)}>
            {region.provinces.map((province) => (
              <option key={province.code} value={province.code}>
                {nameOf(province)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
