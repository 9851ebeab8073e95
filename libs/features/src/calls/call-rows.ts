import { createHash } from 'node:crypto';
import type { TenantTx } from '@app/db/tenant-db';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import { dedupKeyOf } from '@app/domain/calls/canonical-event';
import type { Provider } from '@app/domain/calls/canonical-event';

/** Bodies are kept so long; a call is not derived again after it, because not all that was told of it is there any more. */
export const BODIES_KEPT_DAYS = 90;

/** A body that waits to be understood. */
export interface NewRaw {
  id: string;
  integrationId: string;
  hubId: string;
  provider: Provider;
  receivedAt: Date;
  contentType: string;
  body: Buffer;
}

/** In the order of arrival; what another worker has in hand is left to it. */
export const CLAIM = `
  select e.id, e.integration_id as "integrationId", e.hub_id as "hubId", i.provider, e.received_at as "receivedAt", e.content_type as "contentType", e.body
  from pbx_event e join pbx_integration i on i.id = e.integration_id
  where e.state = 'new' order by e.id limit $1 for update of e skip locked`;

/** The first of those with one key counts; what came before is not touched. */
const SETTLE = `
  with given as (
      select * from jsonb_to_recordset($1) as x(id uuid, "integrationId" uuid, state text, problem text, "dedupKey" text, "rootId" text, canonical jsonb)),
    twice as (
      select g.id from given g where g.state = 'done' and exists (
        select from pbx_event e where e.integration_id = g."integrationId" and e.dedup_key = g."dedupKey" and e.state = 'done'))
  update pbx_event e set state = case when t.id is null then g.state else 'repeated' end, problem = g.problem, dedup_key = g."dedupKey",
    root_id = g."rootId", canonical = g.canonical, attempts = e.attempts + 1
  from given g left join twice t on t.id = g.id where e.id = g.id`;

export interface Settled {
  id: string;
  integrationId: string;
  state: 'done' | 'repeated' | 'ignored' | 'failed';
  problem: string | null;
  dedupKey: string | null;
  rootId: string | null;
  canonical: CanonicalEvent[] | null;
}

/** Writes what was understood. Repetitions inside the batch are marked by the caller's eye for keys, earlier ones by the statement. */
export async function settle(tx: TenantTx, settled: readonly Settled[]): Promise<void> {
  const seen = new Set<string>();
  const rows = settled.map((one) => {
    const key = `${one.integrationId} ${one.dedupKey}`;
    const again = one.state === 'done' && one.dedupKey !== null && seen.has(key);
    if (one.dedupKey !== null) seen.add(key);
    return again ? { ...one, state: 'repeated' as const } : one;
  });
  await tx.query('pbx-settle', SETTLE, [JSON.stringify(rows)]);
}

/** One key for the events of one body: they come and go together. */
export function keyOfBody(events: readonly CanonicalEvent[], body: Buffer): string | null {
  const hash = createHash('sha256').update(body).digest('base64url');
  const keys = events.map((event) => dedupKeyOf(event, hash));
  if (keys.some((key) => key === null)) return null;
  return keys.join(' ').slice(0, 1_500);
}
