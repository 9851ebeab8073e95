import { Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { formatPercent } from '@app/ui/numbers';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { agentGroupOf, periodOf, type ReportSearch } from './report-search';

const ASK_AGAIN_MS = 700;

/** A file of the report as it stands: asked for, written by a worker, then offered. */
export function ReportExport({ search }: { search: ReportSearch }) {
  const [id, setId] = useState<string | null>(null);
  const ask = useMutation({
    mutationFn: (format: 'csv' | 'xlsx') =>
      call(
        api.POST('/api/v1/reports/exports', {
          body: {
            ...periodOf(search),
            ...(search.of ? { report: search.of, by: agentGroupOf(search) } : { by: search.by ?? 'day' }),
            format,
            ...(search.hub ? { hubId: search.hub } : {}),
          },
        }),
      ),
    onSuccess: (found) => setId(found.id),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
  const { data } = useQuery({
    queryKey: ['export', id],
    queryFn: () => call(api.GET('/api/v1/reports/exports/{id}', { params: { path: { id: id! } } })),
    enabled: id !== null,
    refetchInterval: (query) =>
      query.state.data?.state === 'done' || query.state.data?.state === 'failed' ? false : ASK_AGAIN_MS,
  });
  return (
    <div className="row">
      <span role="status" className="sm mut">
        {data && data.state !== 'done' && data.state !== 'failed' && (
          <>
            {t('supervise.report.writing')} <Bidi>{formatPercent(data.progress / 100)}</Bidi>
          </>
        )}
        {data?.state === 'failed' && t('supervise.report.failed')}
      </span>
      {data?.state === 'done' && (
        <a className="btn tint" href={`/api/v1/reports/exports/${data.id}/file`} download={data.fileName ?? undefined}>
          <Icon of={IconDownload} />
          {t('supervise.report.download')}
        </a>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Btn busy={ask.isPending}>{t('supervise.report.export')}</Btn>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => ask.mutate('csv')}>{t('supervise.report.csv')}</Menu.Item>
          <Menu.Item onClick={() => ask.mutate('xlsx')}>{t('supervise.report.xlsx')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
