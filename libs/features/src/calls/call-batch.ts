import type { TenantTx } from '@app/db/tenant-db';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import type { CallRow } from './call-applied';
import { callIdOf, rootKey, type Root } from './call-root';
import { telephonyOf, type Telephony } from './telephony-rows';

/** Of calls that arrive together: what was told of each, its row, and whether work stands open about it. */
export interface CallBatch {
  events: ReadonlyMap<string, CanonicalEvent[]>;
  rows: ReadonlyMap<string, CallRow>;
  settings: ReadonlyMap<string, Telephony>;
  withWork: ReadonlySet<string>;
}

/** One after the other, in the order given: whoever takes several takes them in the same order. */
const LOCK = `
  select pg_advisory_xact_lock(hashtextextended(x.key, 7))
  from (select key from unnest($1::text[]) with ordinality as given(key, at) order by at offset 0) x`;
const OF_ROOTS = `unnest($1::uuid[], $2::text[]) as x(integration_id, root_id)`;
const EVENTS = `
  select e.integration_id as "integrationId", e.root_id as "rootId", e.canonical from ${OF_ROOTS}
  join pbx_event e on e.integration_id = x.integration_id and e.root_id = x.root_id and e.state = 'done'`;
const ROWS = `
  select k.integration_id as "integrationId", k.root_id as "rootId", k.id, k.state, k.outcome, k.account_id as "accountId", k.from_e164 as "fromE164", k.match,
    k.contact_id as "contactId", k.association_id as "associationId", k.callback_id as "callbackId", k.record, k.version
  from ${OF_ROOTS} join call k on k.integration_id = x.integration_id and k.root_id = x.root_id order by k.id for update of k`;
const WORK = `
  select distinct subject_id as id from work_item where subject_id = any ($1) and state in ('new', 'queued', 'offered', 'accepted', 'active', 'held')`;

/** Serialises the work on these calls among all processes until the end of the transaction. `roots` in the order of their keys. */
export async function lockRoots(tx: TenantTx, roots: readonly Root[]): Promise<void> {
  await tx.query('call-lock', LOCK, [roots.map(rootKey)]);
}

/** Reads for all of them at once what each needs; the caller holds their locks. */
export async function readBatch(tx: TenantTx, roots: readonly Root[]): Promise<CallBatch> {
  const keys = [roots.map((root) => root.integrationId), roots.map((root) => root.rootId)];
  const told = await tx.query<Root & { canonical: CanonicalEvent[] }>('call-events', EVENTS, keys);
  const events = new Map<string, CanonicalEvent[]>();
  for (const { canonical, ...root } of told) {
    const key = rootKey(root);
    // A part may have been told as a call of its own before its root was known.
    const ofCall = canonical
      .filter((event) => event.type !== 'agent.state')
      .map((event) => ({ ...event, rootId: root.rootId }));
    events.set(key, [...(events.get(key) ?? []), ...ofCall]);
  }
  const rows = await tx.query<Root & CallRow>('call-rows', ROWS, keys);
  const open = await tx.query<{ id: string }>('call-work', WORK, [roots.map(callIdOf)]);
  const settings = new Map<string, Telephony>();
  for (const hubId of new Set(roots.map((root) => root.hubId))) settings.set(hubId, await telephonyOf(tx, hubId));
  return {
    events,
    rows: new Map(rows.map((row) => [rootKey(row), row])),
    settings,
    withWork: new Set(open.map((row) => row.id)),
  };
}
