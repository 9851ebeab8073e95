import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { releaseOffers } from '../work/offer-writes';
import { changePresence, pendingOffers } from '../work/presence-writes';
import { databaseTime, lockAgent } from '../work/work-rows';
import { closeSessions, keepOne, lockPost, rolesGiven, type Post, type StaffRole } from './people-scope';
import type { DeactivationView, PersonAtWork } from './people-view.dto';
import { readPerson } from './people.queries';
import { reassignTickets } from './reassign';

export interface PersonChanges {
  role?: StaffRole;
  cleared?: boolean;
}

/** What becomes of people's posts. Each command is one transaction from the version that was read, so it happens once. */
@Injectable()
export class PeopleService {
  constructor(private readonly db: TenantDb) {}

  /** Role and clearance; whoever is signed in with the old ones is signed out. */
  change(actor: Actor, accountId: string, changes: PersonChanges, expected: number): Promise<PersonAtWork> {
    return this.onPost(actor, accountId, expected, async (tx, post) => {
      const to = { role: changes.role ?? post.role, cleared: changes.cleared ?? post.cleared };
      if (to.role === post.role && to.cleared === post.cleared) return readPerson(tx, post.membershipId);
      if (!post.active) throw new Refusal('status_not_allowed', 'Reactivate this person first.');
      if (to.role !== post.role) {
        if (!rolesGiven(actor, post.hubId).includes(to.role))
          throw Refusal.field('/role', 'not_allowed', 'This role is not yours to give here.');
        await keepOne(tx, post);
      }
      await tx.query('people-change', 'update membership set role = $2, cleared = $3 where id = $1', [
        post.membershipId,
        to.role,
        to.cleared,
      ]);
      const from = { role: post.role, cleared: post.cleared };
      await touch(tx, post, 'account.role-changed', { from, to });
      await closeSessions(tx, post.membershipId);
      return readPerson(tx, post.membershipId);
    });
  }

  /** Leaves the hub: no more sign-in there, open tickets to a colleague (`null`: back to the queue), in one. */
  deactivate(actor: Actor, accountId: string, colleagueId: string | null, expected: number): Promise<DeactivationView> {
    return this.onPost(actor, accountId, expected, async (tx, post) => {
      if (!post.active) throw new Refusal('status_not_allowed', 'This person is not active here.');
      await keepOne(tx, post);
      const today = localParts(tx.now).date;
      await tx.query(
        'people-end',
        `update membership m set valid = daterange(lower(m.valid), $3::date)
         where m.account_id = $1 and m.hub_id is not distinct from $2::uuid and m.kind <> 'association' and m.valid @> $3::date
           and lower(m.valid) < $3::date`,
        [accountId, post.hubId, today],
      );
      // Who came today never was here, as far as days go.
      await tx.query(
        'people-end-today',
        `update membership m set valid = 'empty' where m.account_id = $1 and m.hub_id is not distinct from $2::uuid and m.kind <> 'association'
           and m.valid @> $3::date`,
        [accountId, post.hubId, today],
      );
      await tx.query(
        'people-disable',
        `update account a set status = 'disabled' where a.id = $1 and not exists (
           select from membership m where m.account_id = a.id and m.valid @> $2::date)`,
        [accountId, today],
      );
      const moved = post.hubId
        ? await reassignTickets(tx, post.hubId, accountId, colleagueId)
        : { toColleague: 0, toQueue: 0 };
      await touch(tx, post, 'account.deactivated', { role: post.role, colleagueId, ...moved });
      await closeSessions(tx, post.membershipId);
      if (post.hubId) await leaveWork(tx, { accountId, hubId: post.hubId });
      return { person: await readPerson(tx, post.membershipId), ...moved };
    });
  }

  /** Comes back to the post that was left. */
  reactivate(actor: Actor, accountId: string, expected: number): Promise<PersonAtWork> {
    return this.onPost(actor, accountId, expected, async (tx, post) => {
      if (post.active) throw new Refusal('status_not_allowed', 'This person is active.');
      await tx.query(
        'people-reopen',
        `update membership set valid = daterange(coalesce(lower(valid), $2::date), null) where id = $1`,
        [post.membershipId, localParts(tx.now).date],
      );
      await tx.query('people-enable', `update account set status = 'active' where id = $1`, [accountId]);
      await touch(tx, post, 'account.reactivated', { role: post.role });
      return readPerson(tx, post.membershipId);
    });
  }

  private onPost<T>(
    actor: Actor,
    accountId: string,
    expected: number,
    work: (tx: TenantTx, post: Post) => Promise<T>,
  ): Promise<T> {
    return this.db.run(
      actor,
      async (tx) => {
        const post = await lockPost(tx, actor, accountId);
        checkVersion(post.version, expected);
        return work(tx, post);
      },
      { as: 'system' },
    );
  }
}

async function touch(
  tx: TenantTx,
  { accountId, membershipId, hubId, version }: Post,
  type: 'account.role-changed' | 'account.deactivated' | 'account.reactivated',
  data: Record<string, unknown>,
): Promise<void> {
  await tx.query('people-touch', 'update account set version = version + 1 where id = $1', [accountId]);
  tx.emit({ type, hubId, entityVersion: version + 1, data: { personId: accountId, membershipId, ...data } });
}

/** Offers go back at once; work in hand follows its tickets. */
async function leaveWork(tx: TenantTx, key: { accountId: string; hubId: string }): Promise<void> {
  const agent = await lockAgent(tx, key);
  if (!agent) return;
  const now = await databaseTime(tx);
  await releaseOffers(tx, await pendingOffers(tx, key), 'rescinded', now, 'presence');
  await changePresence(tx, agent, { presence: 'offline', reasonId: null }, now);
}
