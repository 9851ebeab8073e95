import type { ReactNode } from 'react';
import { t } from '@app/ui/i18n';
import { DateField } from '../forms/date-field';
import { AGENT_GROUPS, MOST_AGENT_DAYS, REPORT_GROUPS, type ReportGroup } from '@app/domain/report-groups';
import { agentGroupOf, dayBefore, groupedBy, periodOf, reportedOf, SPANS, type ReportSearch } from './report-search';

interface ReportFiltersProps {
  search: ReportSearch;
  onChange: (next: ReportSearch) => void;
  hubs: ReactNode;
}

/** Period, grouping and kind of time; all of it stands in the address. */
export function ReportFilters({ search, onChange, hubs }: ReportFiltersProps) {
  const { from, to } = periodOf(search);
  const span = to === dayBefore(0) ? SPANS.find((days) => from === dayBefore(days - 1)) : undefined;
  const people = search.of === 'agents';
  return (
    <div className="row wrap filters">
      <span className="seg">
        {([undefined, 'agents'] as const).map((of) => (
          <button
            key={of ?? 'tickets'}
            type="button"
            aria-pressed={search.of === of}
            onClick={() => onChange(reportedOf(of, search))}
          >
            {t(of ? 'supervise.report.ofPeople' : 'supervise.report.ofTickets')}
          </button>
        ))}
      </span>
      <select
        className="inp"
        aria-label={t('supervise.report.period')}
        value={span ?? ''}
        onChange={(event) => onChange({ from: dayBefore(Number(event.target.value) - 1), to: dayBefore(0) })}
      >
        {span === undefined && <option value="">{t('supervise.report.ownPeriod')}</option>}
        {SPANS.filter((days) => !people || days <= MOST_AGENT_DAYS).map((days) => (
          <option key={days} value={days}>
            {t('supervise.report.days', { n: days })}
          </option>
        ))}
      </select>
      <DateField
        label={t('supervise.report.from')}
        value={from}
        max={to}
        onChange={(day) => day && day <= to && onChange({ from: day, to })}
      />
      <DateField
        label={t('supervise.report.to')}
        value={to}
        min={from}
        onChange={(day) => day && day >= from && onChange({ from, to: day })}
      />
      <select
        className="inp"
        aria-label={t('supervise.report.by')}
        value={people ? agentGroupOf(search) : (search.by ?? 'day')}
        onChange={(event) => onChange(groupedBy(event.target.value as ReportGroup, search))}
      >
        {(people ? AGENT_GROUPS : REPORT_GROUPS).map((by) => (
          <option key={by} value={by}>
            {t(`supervise.by.${by}`)}
          </option>
        ))}
      </select>
      {hubs}
      {!people && <TimeChoice time={search.time} onChange={onChange} />}
    </div>
  );
}

function TimeChoice({ time: chosen, onChange }: Pick<ReportFiltersProps, 'onChange'> & Pick<ReportSearch, 'time'>) {
  return (
    <span className="seg">
      {(['business', 'calendar'] as const).map((time) => (
        <button
          key={time}
          type="button"
          aria-pressed={(chosen ?? 'business') === time}
          onClick={() => onChange({ time: time === 'calendar' ? time : undefined })}
        >
          {t(`supervise.report.${time}`)}
        </button>
      ))}
    </span>
  );
}
