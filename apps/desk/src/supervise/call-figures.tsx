import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import { clockText } from '../calls/call-bits';

export type CallReport = components['schemas']['CallReportView'];
export type CallFigure = components['schemas']['CallFigure'];

/** `hubId` is left out at one's own hub. */
export const callReportQuery = (hubId: string | undefined, { from, to }: { from?: string; to?: string }) =>
  queryOptions({
    queryKey: ['calls', 'report', hubId ?? null, from ?? null, to ?? null],
    queryFn: () =>
      call(
        api.GET('/api/v1/reports/calls', {
          params: { query: { ...(hubId ? { hubId } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) } },
        }),
      ),
  });

const SECOND_MS = 1_000;

/** A count, a share, or minutes and seconds; the counted parts where few stand behind. */
export function CallFigureText({ figure: { value, unit, part, whole, few } }: { figure: CallFigure }) {
  if (value === null) return <span className="mut">{t('supervise.report.noData')}</span>;
  return (
    <span className="nw">
      <Bidi>
        {unit === 'share'
          ? formatPercent(value)
          : unit === 'seconds'
            ? clockText(value * SECOND_MS)
            : formatNumber(value)}
      </Bidi>
      {few && unit === 'share' && part !== null && whole !== null && (
        <span className="mut xs">
          {' '}
          <Bidi>
            {formatNumber(part)}/{formatNumber(whole)}
          </Bidi>
        </span>
      )}
    </span>
  );
}
