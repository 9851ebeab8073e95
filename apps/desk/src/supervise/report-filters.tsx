import type { ReactNode } from 'react';
import { t } from '@app/ui/i18n';
import { DateField } from '../forms/date-field';
import { REPORT_GROUPS, type ReportGroup } from '@app/domain/report-groups';
import { dayBefore, groupedBy, periodOf, SPANS, type ReportSearch } from './report-search';

interface ReportFiltersProps {
  search: ReportSearch;
  onChange: (next: ReportSearch) => void;
  hubs: ReactNode;
}

/** Period, grouping and kind of time; all of it stands in the address. */
export function ReportFilters({ search, onChange, hubs }: ReportFiltersProps) {
  const { from, to } = periodOf(search);
  const span = to === dayBefore(0) ? SPANS.find((days) => from === dayBefore(days - 1)) : undefined;
  return (
    <div className="row wrap filters">
      <select
        className="inp"
        aria-label={t('supervise.report.period')}
        value={span ?? ''}
        onChange={(event) => onChange({ from: dayBefore(Number(event.target.value) - 1), to: dayBefore(0) })}
      >
        {span === undefined && <option value="">{t('supervise.report.ownPeriod')}</option>}
        {SPANS.map((days) => (
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
        value={search.by ?? 'day'}
        onChange={(event) => onChange(groupedBy(event.target.value as ReportGroup, search))}
      >
        {REPORT_GROUPS.map((by) => (
          <option key={by} value={by}>
            {t(`supervise.by.${by}`)}
          </option>
        ))}
      </select>
      {hubs}
      <span className="seg">
        {(['business', 'calendar'] as const).map((time) => (
          <button
            key={time}
            type="button"
            aria-pressed={(search.time ?? 'business') === time}
            onClick={() => onChange({ time: time === 'calendar' ? time : undefined })}
          >
            {t(`supervise.report.${time}`)}
          </button>
        ))}
      </span>
    </div>
  );
}
