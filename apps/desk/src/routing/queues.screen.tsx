import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { formatNumber } from '@app/ui/numbers';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { HubPage } from './hub-page';
import { ModeCard } from './mode-card';
import { useRoutingNames } from './names';
import { QueueDialog } from './queue-dialog';
import { ReasonsCard } from './reasons-card';
import { queuesQuery, waitingQuery, type Queue } from './routing-queries';
import { secondsText } from './seconds';

/** The queues of a hub, how what waits in them finds its agent, and why people may be away. */
export function QueuesScreen() {
  return (
    <HubPage title={t('rules.queues.title')}>
      {(hubId) => (
        <>
          <ModeCard hubId={hubId} />
          <Queues hubId={hubId} />
          <ReasonsCard hubId={hubId} />
        </>
      )}
    </HubPage>
  );
}

function Queues({ hubId }: { hubId: string }) {
  const { data, error } = useQuery(queuesQuery(hubId));
  const [open, setOpen] = useState<string | null>(null);
  const columns = useColumns(hubId, ({ id }) => setOpen(id));
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  if (!data) return null;
  return (
    <section className="stacked">
      <div className="row">
        <h2>{t('rules.queues.list')}</h2>
        <Btn className="end" onClick={() => setOpen('new')}>
          <Icon of={IconPlus} size={15} />
          {t('rules.queues.new')}
        </Btn>
      </div>
      <DataTable caption={t('rules.queues.list')} rows={data} rowKey={(one) => one.id} empty={null} columns={columns} />
      {open && (
        <QueueDialog
          hubId={hubId}
          queue={data.find((one) => one.id === open) ?? null}
          all={data}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

function useColumns(hubId: string, onOpen: (queue: Queue) => void): Column<Queue>[] {
  const { queueName } = useRoutingNames(hubId);
  const own = useMe().hubId === hubId;
  const waiting = useQuery({ ...waitingQuery(hubId), enabled: own }).data ?? [];
  const length = (seconds: number | null) =>
    seconds === null ? <span className="mut">{t('rules.queues.usual')}</span> : secondsText(seconds);
  return [
    {
      key: 'name',
      head: t('rules.closure.name'),
      cell: (one) => (
        <>
          <bdi className="b">{nameOf(one)}</bdi>
          <span className="mut xs u">
            <Bidi>{one.code}</Bidi>
          </span>
        </>
      ),
    },
    ...(own
      ? [
          {
            key: 'waiting',
            head: t('rules.queues.waiting'),
            numeric: true,
            cell: (one: Queue) => (
              <Link to="/inbox/$view" params={{ view: 'waiting' }} search={{ queueId: one.id }}>
                {formatNumber(waiting.filter((work) => work.queueCode === one.code).length)}
              </Link>
            ),
          },
        ]
      : []),
    {
      key: 'cost',
      head: t('rules.queues.cost'),
      numeric: true,
      cell: (one) =>
        one.capacityCost === null ? (
          <span className="mut">{t('rules.queues.usual')}</span>
        ) : (
          formatNumber(one.capacityCost)
        ),
    },
    { key: 'offer', head: t('rules.queues.offer'), cell: (one) => length(one.offerTimeoutSeconds) },
    { key: 'wait', head: t('rules.queues.maxWait'), cell: (one) => length(one.maxWaitSeconds) },
    { key: 'wrap', head: t('rules.queues.wrapUp'), cell: (one) => length(one.wrapUpSeconds) },
    {
      key: 'overflow',
      head: t('rules.queues.overflow'),
      cell: (one) =>
        one.overflowCode === null || one.overflowAfterSeconds === null ? (
          <span className="mut">{t('rules.queues.stays')}</span>
        ) : (
          <>
            <bdi>{queueName(one.overflowCode)}</bdi>
            <span className="mut xs u">{t('rules.queues.after', { time: secondsText(one.overflowAfterSeconds) })}</span>
          </>
        ),
    },
    {
      key: 'change',
      head: t('rules.queues.acts'),
      numeric: true,
      cell: (one) => (
        <Btn small aria-label={t('rules.queues.change', { name: nameOf(one) })} onClick={() => onOpen(one)}>
          {t('rules.closure.change')}
        </Btn>
      ),
    },
  ];
}
