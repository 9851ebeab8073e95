import { useState } from 'react';
import type { Closure } from '@app/domain/calendar';
import { useQuery } from '@tanstack/react-query';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import type { Calendar } from './calendar-queries';
import { ImpactView } from './impact';
import { usePublish } from './use-publish';

/** Days off of an iCalendar file: which would be new or other, and what that does, before anything is written. */
export function ImportDialog({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const [ical, setIcal] = useState<string | null>(null);
  const { busy, problem, publish } = usePublish(nameOf(calendar), onClose);
  const path = { id: calendar.id };
  const found = useQuery({
    queryKey: ['impact', calendar.versionId, 'ical', ical],
    queryFn: () =>
      call(
        api.POST('/api/v1/sla/calendars/{id}/closures/import/impact', { params: { path }, body: { ical: ical ?? '' } }),
      ),
    enabled: ical !== null,
    retry: false,
  });
  const write = () =>
    call(
      api.POST('/api/v1/sla/calendars/{id}/closures/import', {
        params: { path, header: { 'If-Match': ifMatch(calendar.version) } },
        body: { ical: ical ?? '' },
      }),
    );
  const differs = found.data ? found.data.added + found.data.changed : 0;
  return (
    <Dialog
      title={t('rules.import.title')}
      onClose={onClose}
      confirm={t('rules.import.publish')}
      onConfirm={() => void publish(write)}
      busy={busy}
      disabled={differs === 0}
      problem={problem}
      wide
    >
      <Field
        label={t('rules.import.file')}
        hint={t('rules.import.hint')}
        error={found.error ? problemText(found.error) : null}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".ics,text/calendar"
            onChange={(event) => void event.target.files?.[0]?.text().then(setIcal)}
          />
        )}
      </Field>
      {found.data && (
        <>
          <p className="alert" role="status">
            {t('rules.import.added', { n: found.data.added })} {t('rules.import.changed', { n: found.data.changed })}
          </p>
          <ul className="rl-history">
            {otherDays(calendar, found.data.definition as unknown as { closures: Closure[] }).map((one) => (
              <li key={`${one.date} ${one.key}`}>
                <DateTime at={`${one.date}T12:00:00Z`} style="long" />
                <bdi>{nameOf(one)}</bdi>
              </li>
            ))}
          </ul>
          <ImpactView impact={found.data} />
        </>
      )}
    </Dialog>
  );
}

/** Days off that the calendar does not have as they would be. */
function otherDays({ definition }: Calendar, { closures }: { closures: Closure[] }): Closure[] {
  const known = new Set(
    definition.closures.map((one) => JSON.stringify([one.date, one.key, one.nameFr, one.nameAr, one.status])),
  );
  return closures.filter((one) => !known.has(JSON.stringify([one.date, one.key, one.nameFr, one.nameAr, one.status])));
}
