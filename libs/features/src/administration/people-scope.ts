import type { TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { Role } from '@app/domain/ticket';
import { localParts } from '@app/domain/zone';

export const STAFF_ROLES = ['agent', 'expert', 'supervisor', 'coordinator'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** First half of the two-number advisory locks: the second is the hub, or the programme. */
const PEOPLE_LOCK = 4_210;

/** A membership that somebody may look after. */
export interface Post {
  membershipId: string;
  accountId: string;
  name: string;
  email: string;
  role: StaffRole;
  hubId: string | null;
  cleared: boolean;
  active: boolean;
  version: number;
}

/**
 * Whose people the actor looks after, as a condition on `m`: a supervisor those of the hub, a coordinator the hubs' supervisors and the
 * programme's own. `$1` is the actor's hub.
 */
export function peopleCondition(actor: Actor): string {
  if (actor.role === 'supervisor' && actor.hubId) return `m.kind = 'hub' and m.hub_id = $1::uuid`;
  if (actor.role === 'coordinator') {
    return `$1::uuid is null and (m.kind = 'national' or (m.kind = 'hub' and m.role = 'supervisor'))`;
  }
  throw new Refusal('forbidden', 'Your role does not allow this.');
}

/** Roles that the actor gives. */
export function rolesGiven(actor: Actor, hubId: string | null): readonly StaffRole[] {
  if (hubId === null) return ['coordinator'];
  return actor.role === 'coordinator' ? ['supervisor'] : ['agent', 'expert', 'supervisor'];
}

/** Changes of one hub's people come one after the other, so that the last supervisor cannot leave twice. */
export async function lockPeople(tx: TenantTx, hubId: string | null): Promise<void> {
  await tx.query('people-lock', 'select pg_advisory_xact_lock($1, hashtext($2))', [PEOPLE_LOCK, hubId ?? 'programme']);
}

const COLUMNS = `m.id as "membershipId", a.id as "accountId", a.name, a.email, m.role, m.hub_id as "hubId", m.cleared,
  a.status = 'active' and m.valid @> $2::date as active, a.version`;

/** The person's post in the actor's scope, the account locked; valid ones first, strongest first. @throws Refusal `not_found` */
export async function lockPost(tx: TenantTx, actor: Actor, accountId: string): Promise<Post> {
  const today = localParts(tx.now).date;
  const find = async (lock: string): Promise<Post> => {
    const [post] = await tx.sql<Post>(
      `select ${COLUMNS} from membership m join account a on a.id = m.account_id
       where ${peopleCondition(actor)} and a.id = $3
       order by m.valid @> $2::date desc, array_position(array['coordinator', 'supervisor', 'agent', 'expert'], m.role), m.id limit 1 ${lock}`,
      [actor.hubId, today, accountId],
    );
    if (!post) throw new Refusal('not_found', 'Not found.');
    return post;
  };
  await lockPeople(tx, (await find('')).hubId);
  return find('for update of a');
}

/** @throws Refusal `status_not_allowed` when nobody else would hold the role there */
export async function keepOne(tx: TenantTx, post: Post): Promise<void> {
  const role: Role = post.hubId === null ? 'coordinator' : 'supervisor';
  if (post.role !== role || !post.active) return;
  const [other] = await tx.query(
    'people-other',
    `select 1 from membership m join account a on a.id = m.account_id and a.status = 'active'
     where m.role = $1 and m.hub_id is not distinct from $2::uuid and m.valid @> $3::date and m.account_id <> $4 limit 1`,
    [role, post.hubId, localParts(tx.now).date, post.accountId],
  );
  if (!other) throw new Refusal('status_not_allowed', 'Somebody else must hold this role first.');
}

/** Ends all sessions of a post; sockets that use them are closed by the events. */
export async function closeSessions(tx: TenantTx, membershipId: string): Promise<void> {
  const rows = await tx.query<{ id: string; accountId: string }>(
    'people-sessions',
    `update session set revoked_at = $2 where membership_id = $1 and revoked_at is null and expires_at > $2 returning id, account_id as "accountId"`,
    [membershipId, tx.now],
  );
  for (const { id, accountId } of rows) tx.emit({ type: 'session.closed', data: { accountId, sessionId: id } });
}
