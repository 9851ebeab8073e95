import { useQuery } from '@tanstack/react-query';
import { IconCalendarOff, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { WEEKDAYS, type Closure, type Season } from '@app/domain/calendar';
import { problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { dayBefore } from '../supervise/report-search';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { calendarQuery, calendarsQuery, type Calendar } from './calendar-queries';
import { ClosureDialog } from './closure-dialog';
import { SeasonDialog } from './season-dialog';

const noon = (date: string): string => `${date}T12:00:00Z`;
const today = (): string => dayBefore(0);

export function CalendarsScreen() {
  const { data: list, error } = useQuery(calendarsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen ?? (list?.items.find((one) => one.yours) ?? list?.items[0])?.id;
  return (
    <Page
      title={t('rules.calendars.title')}
      tools={
        list &&
        list.items.length > 1 && (
          <select
            className="inp"
            aria-label={t('rules.calendars.choose')}
            value={id}
            onChange={(event) => setChosen(event.target.value)}
          >
            {list.items.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )
      }
    >
      {error && <p className="alert warn">{problemText(error)}</p>}
      {id && <CalendarBody id={id} />}
    </Page>
  );
}

function CalendarBody({ id }: { id: string }) {
  const { data: calendar, error } = useQuery(calendarQuery(id));
  const [closure, setClosure] = useState<Closure | null>(null);
  const [season, setSeason] = useState<Season | null>(null);
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  if (!calendar) return null;
  return (
    <div className="stacked">
      <p className="mut">
        {t(calendar.yours ? 'rules.calendars.yours' : 'rules.calendars.others', { n: calendar.version })}{' '}
        <DateTime at={calendar.publishedAt} style="long" />
      </p>
      <Week calendar={calendar} />
      <Seasons calendar={calendar} onChange={setSeason} />
      <Closures calendar={calendar} onChange={setClosure} />
      {closure && <ClosureDialog calendar={calendar} closure={closure} onClose={() => setClosure(null)} />}
      {season && <SeasonDialog calendar={calendar} season={season} onClose={() => setSeason(null)} />}
    </div>
  );
}

/** Opening hours of the week, several intervals a day. */
function Week({ calendar }: { calendar: Calendar }) {
  return (
    <section className="stacked">
      <h2>{t('rules.week.title')}</h2>
      <DataTable
        caption={t('rules.week.title')}
        rows={WEEKDAYS}
        rowKey={(day) => day}
        empty={null}
        columns={[
          { key: 'day', head: t('rules.week.day'), cell: (day) => t(`rules.weekday.${day}`) },
          {
            key: 'hours',
            head: t('rules.week.hours'),
            cell: (day) => {
              const hours = calendar.definition.week[day];
              if (hours.length === 0) return <span className="mut">{t('rules.week.closed')}</span>;
              return (
                <span className="row wrap">
                  {hours.map(([from, to]) => (
                    <Bidi key={from} className="tagl">
                      {from}–{to}
                    </Bidi>
                  ))}
                </span>
              );
            },
          },
        ]}
      />
    </section>
  );
}

function Seasons({ calendar, onChange }: { calendar: Calendar; onChange: (season: Season) => void }) {
  const seasons = calendar.definition.seasons.filter((one) => one.to >= today());
  if (seasons.length === 0) return null;
  return (
    <section className="stacked">
      <h2>{t('rules.season.title')}</h2>
      <DataTable
        caption={t('rules.season.title')}
        rows={seasons}
        rowKey={(one) => one.key}
        empty={null}
        columns={[
          { key: 'name', head: t('rules.closure.name'), cell: (one) => nameOf(one) },
          { key: 'from', head: t('rules.season.from'), cell: (one) => <DateTime at={noon(one.from)} /> },
          { key: 'to', head: t('rules.season.to'), cell: (one) => <DateTime at={noon(one.to)} /> },
          { key: 'state', head: t('rules.closure.state'), cell: (one) => t(`rules.season.${stateOf(one)}`) },
          {
            key: 'change',
            head: '',
            numeric: true,
            cell: (one) =>
              calendar.yours && (
                <Btn small onClick={() => onChange(one)}>
                  {t('rules.closure.change')}
                </Btn>
              ),
          },
        ]}
      />
    </section>
  );
}

const stateOf = (season: Season): string => (season.off ? 'isOff' : season.confirmed ? 'isOn' : 'isForecast');

function Closures({ calendar, onChange }: { calendar: Calendar; onChange: (closure: Closure) => void }) {
  const rows = calendar.definition.closures.filter((one) => one.date >= today());
  return (
    <section className="stacked">
      <h2 className="row">
        {t('rules.closure.title')}
        <a className="btn small end" href={`/api/v1/sla/calendars/${calendar.id}/closures.ics`} download>
          <Icon of={IconDownload} size={15} />
          {t('rules.closure.export')}
        </a>
      </h2>
      <DataTable
        caption={t('rules.closure.title')}
        rows={rows}
        rowKey={(one) => `${one.date} ${one.key}`}
        empty={<Empty icon={IconCalendarOff} title={t('rules.closure.none')} />}
        columns={[
          { key: 'date', head: t('rules.closure.date'), cell: (one) => <DateTime at={noon(one.date)} style="long" /> },
          { key: 'name', head: t('rules.closure.name'), cell: (one) => nameOf(one) },
          { key: 'state', head: t('rules.closure.state'), cell: (one) => t(`rules.closure.${one.status}`) },
          {
            key: 'change',
            head: '',
            numeric: true,
            cell: (one) =>
              calendar.yours && (
                <Btn small look={one.status === 'provisional' ? 'tint' : 'plain'} onClick={() => onChange(one)}>
                  {t(one.status === 'provisional' ? 'rules.closure.decide' : 'rules.closure.change')}
                </Btn>
              ),
          },
        ]}
      />
    </section>
  );
}
