import type { TenantTx } from '@app/db/tenant-db';
import type { WaitingItem, WorkAgent } from '@app/domain/work/candidates';
import { whyWaiting, type Wait } from '@app/domain/work/reasons';

interface Known {
  id: string;
  ticketId: string | null;
  why: string | null;
  missing: string[];
}

const KNOWN = `
  select id, ticket_id as "ticketId", why_waiting as why, missing_skills as missing from work_item where id = any ($1) and state = 'queued' for update skip locked`;
const STORE = `
  update work_item i set why_waiting = w.why, missing_skills = array(select jsonb_array_elements_text(w.missing))
  from jsonb_to_recordset($1::jsonb) as w(id uuid, why text, missing jsonb) where i.id = w.id`;

/** Notes why each of these items still waits; what is as before is left alone and told to nobody. */
export async function noteWaits(
  tx: TenantTx,
  hubId: string,
  items: readonly WaitingItem[],
  agents: readonly WorkAgent[],
  now: Date,
): Promise<void> {
  const found = new Map(items.map((item) => [item.id, whyWaiting(item, agents, now)]));
  const known = await tx.query<Known>('work-known-waits', KNOWN, [[...found.keys()]]);
  const changed = known.filter((one) => differs(one, found.get(one.id)!));
  if (changed.length === 0) return;
  const rows = changed.map(({ id }) => ({ id, why: found.get(id)!.why, missing: found.get(id)!.missingSkills }));
  await tx.query('work-store-waits', STORE, [JSON.stringify(rows)]);
  for (const { id: itemId, ticketId } of changed) {
    if (ticketId) tx.emit({ type: 'work.waits', hubId, ticketId, data: { itemId, ...found.get(itemId)! } });
  }
}

function differs(known: Known, { why, missingSkills }: Wait): boolean {
  return known.why !== why || known.missing.join(' ') !== missingSkills.join(' ');
}
