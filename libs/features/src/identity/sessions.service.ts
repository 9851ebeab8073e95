import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import type { Role } from '@app/domain/ticket';
import { localParts } from '@app/domain/zone';
import type { SignedIn } from '@app/platform/access';
import { Clock } from '@app/platform/clock';
import { tokenHash } from '@app/platform/session-reader';
import { countAttempt, forgetAttempts } from './login-limit';
import { passwordMatches } from './passwords';

const SESSION_HOURS = 12;

export interface MembershipView {
  id: string;
  role: Role;
  hubId: string | null;
  associationId: string | null;
}

export interface OpenedSession {
  token: string;
  expiresAt: Date;
  accountId: string;
  name: string;
  locale: 'fr' | 'ar';
  membership: MembershipView;
}

/** An account whose owner is there, by password, code or link. */
export interface ProvenAccount {
  id: string;
  name: string;
  locale: 'fr' | 'ar';
}

@Injectable()
export class SessionsService {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** Signs in; acts in the membership named, or in the first. The same answer whatever was wrong. */
  async open(email: string, password: string, address: string, membershipId?: string): Promise<OpenedSession> {
    await this.db.system((tx) => countAttempt(tx, email, address));
    const account = await this.account(email);
    const matches = await passwordMatches(account?.passwordHash ?? null, password);
    return this.openFor(matches ? account : null, email, membershipId);
  }

  /**
   * The session of somebody who has proven to be this account; null for nobody.
   * @throws Refusal `invalid_credentials` for nobody, and for an account without the membership
   */
  async openFor(account: ProvenAccount | null, email: string, membershipId?: string): Promise<OpenedSession> {
    const memberships = account ? await this.memberships(account.id) : [];
    const membership = membershipId ? memberships.find((one) => one.id === membershipId) : memberships[0];
    if (!account || !membership) throw new Refusal('invalid_credentials', 'E-mail or proof is wrong.');
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + SESSION_HOURS * 3_600_000);
    await this.db.system(async (tx) => {
      await tx.sql(
        `with seen as (update account set last_sign_in_at = $5::timestamptz where id = $3)
         insert into session (id, token_hash, account_id, membership_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
        [uuid(), tokenHash(token), account.id, membership.id, tx.now, expiresAt],
      );
      await forgetAttempts(tx, email);
      tx.emit({
        type: 'session.opened',
        hubId: membership.hubId,
        data: { accountId: account.id, membershipId: membership.id },
      });
    });
    return { token, expiresAt, accountId: account.id, name: account.name, locale: account.locale, membership };
  }

  /** Ends the session; sockets that use it are closed by the event. */
  async close(session: SignedIn): Promise<void> {
    await this.db.system(async (tx) => {
      await tx.sql('update session set revoked_at = $2 where id = $1 and revoked_at is null', [
        session.sessionId,
        tx.now,
      ]);
      tx.emit({ type: 'session.closed', data: { accountId: session.actor.accountId, sessionId: session.sessionId } });
    });
  }

  /** Valid memberships of an account, strongest first. */
  memberships(accountId: string): Promise<MembershipView[]> {
    const today = localParts(this.clock.now()).date;
    return this.db.system((tx) =>
      tx.query<MembershipView>(
        'memberships',
        `select id, role, hub_id as "hubId", association_id as "associationId" from membership
         where account_id = $1 and valid @> $2::date
         order by array_position(array['coordinator', 'supervisor', 'agent', 'expert', 'manager', 'member'], role), id`,
        [accountId, today],
      ),
    );
  }

  private async account(
    email: string,
  ): Promise<{ id: string; name: string; locale: 'fr' | 'ar'; passwordHash: string } | null> {
    const [row] = await this.db.system((tx) =>
      tx.query<{ id: string; name: string; locale: 'fr' | 'ar'; passwordHash: string }>(
        'account-by-email',
        `select id, name, locale, password_hash as "passwordHash" from account where lower(email) = lower($1) and status = 'active'`,
        [email],
      ),
    );
    return row ?? null;
  }
}
