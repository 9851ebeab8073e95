import { IconCalendarOff, IconDownload, IconUpload } from '@tabler/icons-react';
import type { Closure, Season } from '@app/domain/calendar';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { dayBefore } from '../supervise/report-search';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import type { Calendar } from './calendar-queries';

const noon = (date: string): string => `${date}T12:00:00Z`;
const today = (): string => dayBefore(0);

interface SeasonsProps {
  calendar: Calendar;
  /** Null: somebody may look, or changes hours meanwhile. */
  onChange: ((season: Season) => void) | null;
}

export function Seasons({ calendar, onChange }: SeasonsProps) {
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
            head: t('rules.queues.acts'),
            numeric: true,
            cell: (one) =>
              onChange && (
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

interface ClosuresProps {
  calendar: Calendar;
  onChange: ((closure: Closure) => void) | null;
  onImport: (() => void) | null;
}

/** Days off to come: confirmed, moved, taken out and in as a file. */
export function Closures({ calendar, onChange, onImport }: ClosuresProps) {
  const rows = calendar.definition.closures.filter((one) => one.date >= today());
  return (
    <section className="stacked closures">
      <h2 className="row">
        {t('rules.closure.title')}
        {onImport && (
          <Btn small className="end" onClick={onImport}>
            <Icon of={IconUpload} size={15} />
            {t('rules.import.open')}
          </Btn>
        )}
        <a
          className={onImport ? 'btn small' : 'btn small end'}
          href={`/api/v1/sla/calendars/${calendar.id}/closures.ics`}
          download
        >
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
            head: t('rules.queues.acts'),
            numeric: true,
            cell: (one) =>
              onChange && (
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
