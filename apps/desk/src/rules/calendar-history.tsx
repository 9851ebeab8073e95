import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarDefinition } from '@app/domain/calendar';
import { api, call } from '@app/ui/api';
import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { nameOf } from '../ui/names';
import type { Calendar } from './calendar-queries';
import { WeekBars } from './week-bars';

/** Versions published so far, each readable. */
export function CalendarHistory({ calendar }: { calendar: Calendar }) {
  const [shown, setShown] = useState<number | null>(null);
  return (
    <section className="card">
      <h2>{t('rules.history.title')}</h2>
      <ol className="rl-history">
        {calendar.versions.map((one) => (
          <li key={one.id}>
            <Btn look="link" onClick={() => setShown(one.version)}>
              {t('rules.history.version', { n: one.version })}
            </Btn>
            <DateTime at={one.publishedAt} style="dateTime" className="mut" />
            <span>{one.publishedByName ? <UserName text={one.publishedByName} /> : t('rules.history.delivered')}</span>
          </li>
        ))}
      </ol>
      {shown !== null && <VersionDialog id={calendar.id} version={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function VersionDialog({ id, version, onClose }: { id: string; version: number; onClose: () => void }) {
  const { data } = useQuery({
    queryKey: ['calendars', id, 'versions', version],
    queryFn: async () => {
      const path = { id, version };
      const found = await call(api.GET('/api/v1/sla/calendars/{id}/versions/{version}', { params: { path } }));
      return found.definition as unknown as CalendarDefinition;
    },
    staleTime: Infinity,
  });
  return (
    <Dialog title={t('rules.history.version', { n: version })} onClose={onClose} wide>
      {data && (
        <>
          <WeekBars week={data.week} />
          <ul className="rl-history">
            {[...data.closures, ...data.overrides].map((one) => (
              <li key={`${one.date} ${one.nameFr}`}>
                <DateTime at={`${one.date}T12:00:00Z`} style="long" />
                <bdi>{nameOf(one)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
