import type { TenantTx } from '@app/db/tenant-db';
import { databaseTime } from '../work/work-rows';
import { rootKey, type Root } from './call-root';
import type { Settled } from './call-rows';
import { dropWork } from './callback-writes';

const KNOWN_PARTS = `
  select distinct e.integration_id as "integrationId", e.canonical -> 0 ->> 'callId' as "callId", e.root_id as "rootId"
  from unnest($1::uuid[], $2::text[]) as x(integration_id, call_id)
  join pbx_event e on e.integration_id = x.integration_id and e.canonical -> 0 ->> 'callId' = x.call_id
  where e.state = 'done' and e.canonical -> 0 ->> 'callId' <> e.root_id`;

/** What is told of a part without naming the first call goes where the part was found to belong. */
export async function followParts(tx: TenantTx, settled: readonly Settled[]): Promise<void> {
  const callOf = (one: Settled): string | null => one.canonical?.[0]?.callId ?? null;
  const alone = settled.filter((one) => one.rootId !== null && one.rootId === callOf(one));
  if (alone.length === 0) return;
  const known = await tx.query<Root & { callId: string }>('call-known-parts', KNOWN_PARTS, [
    alone.map((one) => one.integrationId),
    alone.map((one) => one.rootId),
  ]);
  const roots = new Map(known.map((one) => [rootKey({ ...one, rootId: one.callId }), one.rootId]));
  for (const { integrationId, canonical, rootId } of settled) {
    const callId = canonical?.[0]?.callId;
    if (callId && rootId && rootId !== callId) roots.set(rootKey({ integrationId, rootId: callId }), rootId);
  }
  for (const one of alone) {
    one.rootId = roots.get(rootKey({ integrationId: one.integrationId, rootId: one.rootId! })) ?? one.rootId;
  }
}

/** Arrival is all that is known of time, and the two may cross. */
const CROSSING = `interval '3 s'`;
const PARTS = `
  select distinct on (b.id) b.id as "partId", b.root_id as part, a.id as "wholeId", a.root_id as whole, a.integration_id as "integrationId", a.hub_id as "hubId"
  from unnest($1::uuid[], $2::text[]) as x(integration_id, root_id)
  join call k on k.integration_id = x.integration_id and k.root_id = x.root_id and k.direction = 'in' and k.from_e164 is not null
  join call b on b.hub_id = k.hub_id and b.from_e164 = k.from_e164 and b.integration_id = k.integration_id and b.record ->> 'diversion' is not null
  join call a on a.hub_id = b.hub_id and a.from_e164 = b.from_e164 and a.integration_id = b.integration_id and a.to_raw = b.record ->> 'diversion' and a.id <> b.id
    and a.started_at <= b.started_at + ${CROSSING} and coalesce(a.ended_at, 'infinity') >= b.started_at - ${CROSSING}
  where k.id in (a.id, b.id) and b.direction = 'in' and a.direction = 'in'
  order by b.id, a.started_at desc`;

interface Part {
  partId: string;
  part: string;
  wholeId: string;
  whole: string;
  integrationId: string;
  hubId: string;
}

/** Another process has it in hand: the next that is told of either call finds them again. */
const TRY_LOCK = 'select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as free';
/** What people wrote on the part stays. */
const KEEP = `
  update call w set ticket_id = coalesce(w.ticket_id, p.ticket_id), note = coalesce(w.note, p.note), wrap_up_code = coalesce(w.wrap_up_code, p.wrap_up_code),
    disposition = coalesce(w.disposition, p.disposition), callback_id = coalesce(w.callback_id, p.callback_id), version = w.version + 1
  from call p where w.id = $1 and p.id = $2`;

/**
 * Forwarded and transferred calls whose system does not say which call they come from: the same caller, diverted from the number that
 * the first call went to, while that one went on or just after. Returns the calls that have grown; the caller tells them again.
 */
export async function joinParts(tx: TenantTx, roots: readonly Root[]): Promise<Root[]> {
  if (roots.length === 0) return [];
  const found = await tx.query<Part>('call-parts', PARTS, [
    roots.map((one) => one.integrationId),
    roots.map((one) => one.rootId),
  ]);
  const grown = new Map<string, Root>();
  for (const { partId, part, wholeId, whole, integrationId, hubId } of found) {
    const keys = [part, whole].map((rootId) => rootKey({ integrationId, rootId }));
    const locks = await Promise.all(keys.map((key) => tx.query<{ free: boolean }>('call-try-lock', TRY_LOCK, [key])));
    if (locks.some(([{ free }]) => !free)) continue;
    await tx.query(
      'call-part-events',
      `update pbx_event set root_id = $3 where integration_id = $1 and root_id = $2 and state = 'done'`,
      [integrationId, part, whole],
    );
    await dropWork(tx, partId, await databaseTime(tx), 'cancelled');
    await tx.query('call-part-keep', KEEP, [wholeId, partId]);
    for (const table of ['callback', 'consent']) {
      await tx.query(`call-part-${table}`, `update ${table} set call_id = $1 where call_id = $2`, [wholeId, partId]);
    }
    await tx.query('call-part-end', 'delete from call where id = $1', [partId]);
    grown.set(wholeId, { integrationId, hubId, rootId: whole });
  }
  return [...grown.values()];
}
