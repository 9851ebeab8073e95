import type { TenantTx } from '@app/db/tenant-db';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import type { NewRaw } from './call-rows';

const PUT = `
  insert into pbx_mirror (integration_id, hub_id, kind, queue_ref, key, state, seen_at)
  select $1, $2, x.kind, x."queueRef", x.key, x.state, $4 from jsonb_to_recordset($3) as x(kind text, "queueRef" text, key text, state jsonb)
  on conflict (integration_id, kind, queue_ref, key) do update set state = pbx_mirror.state || excluded.state, seen_at = excluded.seen_at
  where pbx_mirror.seen_at <= excluded.seen_at`;

/**
 * What a telephone system says of its people and of who waits; what an event does not speak of stays. A whole look (`snapshot`) ends with what is not in it any more, so the
 * mirror stands like the system after it.
 */
export async function applyMirror(tx: TenantTx, raw: NewRaw, states: readonly CanonicalEvent[]): Promise<void> {
  const entries = new Map<string, { kind: string; queueRef: string; key: string; state: Record<string, string> }>();
  for (const event of states) {
    const { kind = 'member', key = '', snapshot: _, removed: __, ...state } = event.state ?? {};
    const queueRef = event.queueRef ?? '';
    if (key) entries.set(`${kind} ${queueRef} ${key}`, { kind, queueRef, key, state });
  }
  const { integrationId, hubId, receivedAt } = raw;
  await tx.query('mirror-put', PUT, [integrationId, hubId, JSON.stringify([...entries.values()]), receivedAt]);
  if (states.some((event) => event.state?.snapshot === 'end')) {
    await tx.query('mirror-end', 'delete from pbx_mirror where integration_id = $1 and seen_at < $2', [
      integrationId,
      receivedAt,
    ]);
  }
  const gone = states.filter((event) => event.state?.removed === 'yes').map((event) => event.state?.key ?? '');
  if (gone.length > 0) {
    await tx.query(
      'mirror-gone',
      'delete from pbx_mirror where integration_id = $1 and key = any ($2) and seen_at <= $3',
      [integrationId, gone, receivedAt],
    );
  }
}
