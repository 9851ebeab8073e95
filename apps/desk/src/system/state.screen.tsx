import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import { fileSizeText } from '@app/ui/sizes';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { toast } from '../ui/toast-store';
import { systemQuery, type SystemState } from './system-queries';
import '../styles/system.css';

const GIGA = 1024 ** 3;
const LITTLE_ROOM = 0.1;

/** How the program does, read again every ten seconds. */
export function StateScreen() {
  const { data, error } = useQuery(systemQuery);
  return (
    <Page
      title={t('system.state.title')}
      tools={
        data && (
          <span className="mut sm">
            {t('system.state.asOf')} <DateTime at={data.asOf} style="dateTime" />
          </span>
        )
      }
    >
      {error && (
        <p className="alert warn" role="alert">
          {problemText(error)}
        </p>
      )}
      {data && <State state={data} />}
    </Page>
  );
}

function State({ state }: { state: SystemState }) {
  return (
    <div className="stacked">
      <div className="sys-cards">
        <ProgramCard state={state} />
        <DatabaseCard state={state} />
        <LogCard state={state} />
        <MailCard state={state} />
      </div>
      <Outbox state={state} />
    </div>
  );
}

interface Fact {
  name: string;
  value: ReactNode;
  /** Null: nothing to judge. */
  good?: boolean | null;
}

function Card({ title, facts }: { title: string; facts: Fact[] }) {
  return (
    <section className="card sys-card">
      <h2>{title}</h2>
      <dl>
        {facts.map(({ name, value, good = null }) => (
          <div key={name}>
            <dt className="mut">{name}</dt>
            <dd>
              {value}
              {good !== null && (
                <span className={good ? 'sys-good' : 'sys-bad'}>
                  <Icon of={good ? IconCircleCheck : IconAlertTriangle} size={16} />
                  <span className="sr">{t(good ? 'system.state.good' : 'system.state.bad')}</span>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const figure = (value: number): ReactNode => <Bidi>{formatNumber(value)}</Bidi>;
const gigas = (bytes: number): string =>
  bytes < GIGA ? fileSizeText(bytes) : t('system.state.gigabytes', { size: formatNumber(bytes / GIGA, 1) });

function ProgramCard({ state: { versions, zone, startedAt } }: { state: SystemState }) {
  return (
    <Card
      title={t('system.state.program')}
      facts={[
        { name: t('system.state.version'), value: <Bidi>{versions.program}</Bidi> },
        { name: t('system.state.node'), value: <Bidi>{versions.node}</Bidi> },
        { name: t('system.state.startedAt'), value: <DateTime at={startedAt} style="dateTime" /> },
        { name: t('system.state.zone'), value: <Bidi>{zone.version}</Bidi>, good: zone.right },
      ]}
    />
  );
}

function DatabaseCard({ state: { versions, database, disk } }: { state: SystemState }) {
  const free = disk.totalBytes > 0 ? disk.freeBytes / disk.totalBytes : 0;
  return (
    <Card
      title={t('system.state.database')}
      facts={[
        { name: t('system.state.postgres'), value: <Bidi>{versions.database}</Bidi> },
        { name: t('system.state.size'), value: gigas(database.sizeBytes) },
        {
          name: t('system.state.migrations'),
          value: <Bidi>{`${database.migrations} / ${database.knownMigrations}`}</Bidi>,
          good: database.migrations === database.knownMigrations,
        },
        {
          name: t('system.state.disk'),
          value: (
            <>
              {gigas(disk.freeBytes)} <Bidi className="mut">{formatPercent(free)}</Bidi>
            </>
          ),
          good: free >= LITTLE_ROOM,
        },
      ]}
    />
  );
}

function LogCard({ state: { seal } }: { state: SystemState }) {
  return (
    <Card
      title={t('system.state.log')}
      facts={[
        {
          name: t('system.state.lastSeal'),
          value: seal.lastSealedAt ? <DateTime at={seal.lastSealedAt} style="dateTime" /> : t('system.state.none'),
        },
        { name: t('system.state.seals'), value: figure(seal.seals) },
        { name: t('system.state.unsealed'), value: figure(seal.waiting) },
      ]}
    />
  );
}

function MailCard({ state: { mail } }: { state: SystemState }) {
  return (
    <Card
      title={t('system.state.mail')}
      facts={[
        { name: t('system.state.mailWaiting'), value: figure(mail.waiting) },
        { name: t('system.state.mailFailed'), value: figure(mail.failed), good: mail.failed === 0 },
        {
          name: t('system.state.mailOut'),
          value: t(mail.sentOutside ? 'system.state.mailSent' : 'system.state.mailKept'),
        },
      ]}
    />
  );
}

type Box = SystemState['outbox'][number];

function Outbox({ state: { outbox, queues } }: { state: SystemState }) {
  const client = useQueryClient();
  const requeue = useMutation({
    mutationFn: () => call(api.POST('/api/v1/system/outbox/requeue', { body: {} })),
    onSuccess: ({ requeued }) => toast({ text: t('system.state.requeued', { count: requeued }) }),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['system'] }),
  });
  const dead = outbox.reduce((sum, one) => sum + one.dead, 0);
  const depthOf = (consumer: string) => queues.find((one) => one.queue === consumer)?.depth ?? null;
  return (
    <section className="stacked">
      <div className="row">
        <h2>{t('system.state.outbox')}</h2>
        {dead > 0 && (
          <Btn className="end" look="primary" busy={requeue.isPending} onClick={() => requeue.mutate()}>
            {t('system.state.requeue', { count: dead })}
          </Btn>
        )}
      </div>
      <DataTable<Box>
        caption={t('system.state.outbox')}
        rows={outbox}
        rowKey={({ consumer }) => consumer}
        empty={null}
        columns={[
          { key: 'name', head: t('system.state.consumer'), cell: ({ consumer }) => t(`system.consumer.${consumer}`) },
          { key: 'waiting', head: t('system.state.waiting'), numeric: true, cell: ({ waiting }) => figure(waiting) },
          {
            key: 'depth',
            head: t('system.state.depth'),
            numeric: true,
            cell: ({ consumer }) => (depthOf(consumer) === null ? '—' : figure(depthOf(consumer)!)),
          },
          {
            key: 'dead',
            head: t('system.state.dead'),
            numeric: true,
            cell: (one) => <span className={one.dead > 0 ? 'sys-bad b' : ''}>{figure(one.dead)}</span>,
          },
          {
            key: 'oldest',
            head: t('system.state.oldest'),
            cell: ({ oldestDueAt }) => (oldestDueAt ? <DateTime at={oldestDueAt} style="dateTime" /> : '—'),
          },
          {
            key: 'errors',
            head: t('system.state.errors'),
            cell: ({ errors }) => <Bidi>{errors.join(', ') || '—'}</Bidi>,
          },
        ]}
      />
    </section>
  );
}
