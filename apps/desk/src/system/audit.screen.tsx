import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconHistory, IconLockCheck, IconLockExclamation, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { DateField } from '../forms/date-field';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import type { AuditSearch } from './audit-search';
import { auditQuery, auditTypesQuery, peopleQuery, type AuditEntry, type AuditSeal } from './system-queries';
import { wordsOf } from './words-of';
import '../styles/system.css';

/** Who did what, when. What is asked for stands in the address, so that a finding can be handed on. */
export function AuditScreen() {
  const search = useSearch({ strict: false }) as AuditSearch;
  const navigate = useNavigate();
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(auditQuery(search));
  const go = (next: AuditSearch) => void navigate({ to: '/admin/audit', search: next });
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('system.audit.title')}>
      <AuditFilters key={JSON.stringify(search)} search={search} onChange={go} />
      {data && <SealLine seals={data.pages.map((page) => page.seal)} />}
      {error && (
        <p className="alert warn" role="alert">
          {problemText(error)}
        </p>
      )}
      {data && !error && <AuditTable rows={rows} onActor={(actor) => go({ ...search, actor })} />}
      {hasNextPage && (
        <div className="sys-more">
          <Btn busy={isFetching} onClick={() => void fetchNextPage()}>
            {t('system.audit.more')}
          </Btn>
        </div>
      )}
    </Page>
  );
}

interface FiltersProps {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

function AuditFilters({ search, onChange }: FiltersProps) {
  const national = useMe().role === 'coordinator';
  const [ticket, setTicket] = useState(search.ticket ?? '');
  const set = (key: keyof AuditSearch, value: string) => {
    const { [key]: _, ...rest } = search;
    onChange(value ? { ...rest, [key]: value } : rest);
  };
  return (
    <form
      className="sys-filters"
      role="search"
      aria-label={t('system.audit.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        set('ticket', ticket.trim());
      }}
    >
      <TypeChoice value={search.type ?? ''} onChange={(value) => set('type', value)} />
      <PersonChoice value={search.actor ?? ''} onChange={(value) => set('actor', value)} />
      {(['from', 'to'] as const).map((key) => (
        <DateField
          key={key}
          label={t(`system.audit.${key}`)}
          value={search[key] ?? ''}
          onChange={(day) => set(key, day)}
        />
      ))}
      {!national && (
        <label className="field">
          {t('system.audit.ticket')}
          <input
            className="inp"
            dir="ltr"
            value={ticket}
            onChange={(event) => setTicket(event.target.value)}
            onBlur={() => ticket.trim() !== (search.ticket ?? '') && set('ticket', ticket.trim())}
          />
        </label>
      )}
      {Object.keys(search).length > 0 && <Btn onClick={() => onChange({})}>{t('system.audit.reset')}</Btn>}
    </form>
  );
}

interface ChoiceProps {
  value: string;
  onChange: (value: string) => void;
}

function TypeChoice({ value, onChange }: ChoiceProps) {
  const { data } = useQuery(auditTypesQuery);
  return (
    <label className="field">
      {t('system.audit.type')}
      <select className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('system.audit.any')}</option>
        {data?.items.map(({ type, words }) => (
          <option key={type} value={type}>
            {wordsOf(words)}
          </option>
        ))}
      </select>
    </label>
  );
}

function PersonChoice({ value, onChange }: ChoiceProps) {
  const { data } = useQuery(peopleQuery);
  const known = new Map(data?.items.map((one) => [one.accountId, one.name]));
  return (
    <label className="field">
      {t('system.audit.who')}
      <select className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('system.audit.any')}</option>
        {value && !known.has(value) && <option value={value}>{t('system.audit.chosen')}</option>}
        {[...known].map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether the log that is shown is the one that was written. */
function SealLine({ seals }: { seals: AuditSeal[] }) {
  const broken = seals.flatMap((one) => one.brokenSeals);
  const states = seals.map((one) => one.state);
  const state = (['broken', 'unchecked', 'waiting', 'sealed'] as const).find((one) => states.includes(one)) ?? 'empty';
  const last = seals[0]?.lastSealedAt;
  const icon = state === 'broken' ? IconLockExclamation : state === 'sealed' ? IconLockCheck : IconLockOpen;
  return (
    <p className={state === 'broken' ? 'alert bad' : 'sys-seal mut sm'} role={state === 'broken' ? 'alert' : 'status'}>
      <Icon of={icon} />
      {t(`system.seal.${state}`, { count: broken.length })}
      {last && (
        <>
          {' · '}
          {t('system.seal.last')} <DateTime at={last} style="dateTime" />
        </>
      )}
    </p>
  );
}

function AuditTable({ rows, onActor }: { rows: AuditEntry[]; onActor: (id: string) => void }) {
  const { data: hubs } = useQuery(hubsQuery);
  const national = useMe().role === 'coordinator';
  const hubOf = (id: string | null) => hubs?.items.find((one) => one.id === id);
  const columns: Column<AuditEntry>[] = [
    { key: 'at', head: t('system.audit.when'), cell: ({ at }) => <DateTime at={at} style="dateTime" className="nw" /> },
    { key: 'who', head: t('system.audit.who'), cell: (row) => <Who row={row} onActor={onActor} /> },
    { key: 'what', head: t('system.audit.what'), cell: (row) => <What row={row} /> },
    { key: 'changed', head: t('system.audit.change'), cell: (row) => <Details row={row} /> },
    ...(national
      ? [
          {
            key: 'hub',
            head: t('system.audit.hub'),
            cell: ({ hubId }: AuditEntry) => {
              const hub = hubOf(hubId);
              return hub ? nameOf(hub) : t('system.audit.programme');
            },
          },
        ]
      : []),
  ];
  const empty = <Empty icon={IconHistory} title={t('system.audit.none')} text={t('system.audit.noneText')} />;
  return (
    <DataTable caption={t('system.audit.title')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={empty} />
  );
}

function Who({ row: { actor }, onActor }: { row: AuditEntry; onActor: (id: string) => void }) {
  if (!actor) return <span className="mut">{t('system.audit.program')}</span>;
  return (
    <Btn look="link" title={t('system.audit.onlyThis')} onClick={() => onActor(actor.id)}>
      <UserLine text={actor.name ?? t('system.audit.unknown')} />
    </Btn>
  );
}

function What({ row: { words, person, ticket } }: { row: AuditEntry }) {
  return (
    <>
      <span className="b">{wordsOf(words)}</span>
      <span className="sys-about mut sm">
        {ticket && (
          <a href={`/desk/t/${ticket.reference}`}>
            <Bidi>{ticket.reference}</Bidi>
          </a>
        )}
        {person?.name && <UserLine text={person.name} />}
      </span>
    </>
  );
}

function Details({ row: { details } }: { row: AuditEntry }) {
  return (
    <ul className="sys-details sm">
      {details.map(({ label, before, after }, at) => (
        <li key={at}>
          <span className="mut">{t('system.audit.label', { label: wordsOf(label) })}</span>{' '}
          {before && <del>{wordsOf(before)}</del>}
          {before && after && <span className="mut"> {t('system.audit.becomes')} </span>}
          {after && <bdi>{wordsOf(after)}</bdi>}
        </li>
      ))}
    </ul>
  );
}
