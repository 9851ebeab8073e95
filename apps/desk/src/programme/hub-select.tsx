import { t } from '@app/ui/i18n';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';

interface HubSelectProps {
  label: string;
  error?: string | null;
  hubs: readonly { id: string; nameFr: string; nameAr: string }[];
  value: string;
  onChange: (id: string) => void;
}

export function HubSelect({ label, error, hubs, value, onChange }: HubSelectProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('desk.common.choose')}</option>
          {hubs.map((hub) => (
            <option key={hub.id} value={hub.id}>
              {nameOf(hub)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
