import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { Level } from '@app/domain/ticket';
import { localParts } from '@app/domain/zone';
import type { Act } from './ticket-access';

export const ESCALATION_LEVELS = ['expert', 'supervisor', 'national'] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];
export const RANK: Record<Level, number> = { agent: 0, expert: 1, supervisor: 2, national: 3 };

export interface LevelOwner {
  id: string;
  name: string;
}

interface Candidate extends LevelOwner {
  hubId: string;
  role: 'expert' | 'supervisor';
  load: number;
}

/** Who may take over at a level of a hub, the one with the least open tickets first; each choice counts for the next. */
export class LevelOwners {
  private constructor(private readonly candidates: Candidate[]) {}

  static async read(tx: TenantTx, hubIds: readonly string[]): Promise<LevelOwners> {
    const rows = await tx.query<Candidate>(
      'ticket-owners-at-level',
      `select distinct on (a.id, m.hub_id, m.role) m.hub_id as "hubId", m.role, a.id, a.name,
         (select count(*)::int from ticket t where t.assignee_id = a.id and t.status in ('new', 'open', 'pending', 'on_hold', 'answered')) as load
       from membership m join account a on a.id = m.account_id
       where m.hub_id = any ($1::uuid[]) and m.role in ('expert', 'supervisor') and m.valid @> $2::date and a.status = 'active' order by a.id`,
      [hubIds, localParts(tx.now).date],
    );
    return new LevelOwners(rows);
  }

  /** Nobody there leaves it to the level. */
  choose(hubId: string, level: 'expert' | 'supervisor'): LevelOwner | null {
    const there = this.candidates.filter((one) => one.hubId === hubId && one.role === level);
    const least = there.reduce<Candidate | null>((best, one) => (best && best.load <= one.load ? best : one), null);
    if (!least) return null;
    least.load += 1;
    return { id: least.id, name: least.name };
  }
}

/** The next level takes ownership; to the national level it adds a loan, and the ticket stays with its hub. */
export function escalateTo(
  act: Act,
  to: EscalationLevel,
  reason: string,
  owner: LevelOwner | null,
  nationalHubId: string,
): void {
  const { row } = act.write;
  act.write.emit('ticket.escalated', { from: row.level, to, reason, ownerId: owner?.id ?? null });
  addEscalation(act, to, reason);
  if (to === 'national') lend(act, nationalHubId, 'hub', 'national');
  if (to === 'expert' && owner) lend(act, owner.id, 'account', 'escalation');
  row.level = to;
  act.write.assign(owner);
  if (row.status === 'new') act.write.step('open');
}

function addEscalation({ write, tx, found }: Act, to: EscalationLevel, reason: string): void {
  const { id, hubId, associationId, level } = found.row;
  write.addRows(
    'escalation_added',
    (n) => `insert into escalation (id, ticket_id, hub_id, association_id, from_level, to_level, reason, by_id, at)
      select * from jsonb_to_recordset($${n}::jsonb) as x(id uuid, ticket_id uuid, hub_id uuid, association_id uuid, from_level text, to_level text,
        reason text, by_id uuid, at timestamptz)`,
    [
      {
        id: uuid(),
        ticket_id: id,
        hub_id: hubId,
        association_id: associationId,
        from_level: level,
        to_level: to,
        reason,
        by_id: tx.actorId,
        at: tx.now,
      },
    ],
  );
}

function lend(
  { write, tx, found }: Act,
  granteeId: string,
  kind: 'account' | 'hub',
  reason: 'national' | 'escalation',
): void {
  write.addRows(
    'grant_added',
    (
      n,
    ) => `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, can_write, granted_by, granted_at)
      select x.id, x.ticket_id, x.hub_id, x.grantee_id, x.grantee_kind, x.reason, true, x.granted_by, x.granted_at
      from jsonb_to_recordset($${n}::jsonb) as x(id uuid, ticket_id uuid, hub_id uuid, grantee_id uuid, grantee_kind text, reason text,
        granted_by uuid, granted_at timestamptz)`,
    [
      {
        id: uuid(),
        ticket_id: found.row.id,
        hub_id: found.row.hubId,
        grantee_id: granteeId,
        grantee_kind: kind,
        reason,
        granted_by: tx.actorId,
        granted_at: tx.now,
      },
    ],
  );
}
