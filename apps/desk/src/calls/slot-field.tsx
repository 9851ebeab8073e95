import { useQuery } from '@tanstack/react-query';
import { localTime, nearText, offsetOf, timeText } from '@app/ui/dates';
import { plain, t } from '@app/ui/i18n';
import { Field } from '../ui/field';
import { slotsQuery } from './call-queries';

/** When the hub may still promise to call. */
export function SlotField({ value, onChange }: { value: string; onChange: (at: string) => void }) {
  const { data: slots } = useQuery(slotsQuery);
  const now = Date.now();
  const words = (from: string, to: string) =>
    plain('calls.slot', {
      from: nearText(localTime(from), localTime(now, offsetOf(now))),
      to: timeText(localTime(to)),
    });
  return (
    <Field label={t('calls.callbacks.when')}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('calls.callbacks.first')}</option>
          {slots
            ?.filter((one) => one.free > 0)
            .map((one) => (
              <option key={one.from} value={one.from}>
                {words(one.from, one.to)}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}
