import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { holds, type Actor } from '@app/domain/access';
import { longDate } from '@app/domain/long-date';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS, localParts } from '@app/domain/zone';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { tokenHash } from '@app/platform/session-reader';
import { readAssociation } from '../directory/associations.queries';
import type { AssociationView } from '../directory/association-view.dto';
import { countLimits } from '../identity/login-limit';
import { renderBoth } from '../notifications/templates';
import { queueMail } from './access-mail';
import { ASSOCIATION_INVITATION } from './access-texts';
import type { MandateEndView, MemberInvitationView, MemberRole } from './member-view.dto';

export interface NewMember {
  email: string;
  name: string;
  role: MemberRole;
  locale: Locale;
  /** Local days: the first of the mandate, and the first after it. */
  from?: string;
  to?: string | null;
}

const VALID_HOURS = 72;
const MAX_A_DAY = 30;
const COLUMNS = `id, email, name, role, lower(mandate)::text as "from", upper(mandate)::text as "to", created_at as "createdAt", expires_at as "expiresAt",
  case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked' when expires_at <= $1 then 'expired' else 'open' end as state`;

/** Who acts for an association, looked after by its manager or the supervisor of its hub. */
@Injectable()
export class MembersService {
  constructor(
    private readonly db: TenantDb,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The latest hundred. */
  invitations(actor: Actor, associationId: string): Promise<MemberInvitationView[]> {
    return this.on(actor, associationId, (tx) =>
      tx.sql<MemberInvitationView>(
        `select ${COLUMNS} from association_invitation where association_id = $2 order by created_at desc, id desc limit 100`,
        [tx.now, associationId],
      ),
    );
  }

  /**
   * Invites by e-mail; an earlier open invitation of the address ends. Whether the address has an account is not told.
   * @throws Refusal `already_exists` for somebody who holds the role already
   */
  invite(actor: Actor, associationId: string, input: NewMember): Promise<MemberInvitationView> {
    const mandate = { from: input.from ?? null, to: input.to ?? null };
    if (mandate.from && mandate.to && mandate.to <= mandate.from) {
      throw Refusal.field('/to', 'inverted', 'The mandate ends before it begins.');
    }
    return this.on(actor, associationId, async (tx, association) => {
      await countLimits(tx, [{ kind: 'invite', value: associationId, max: MAX_A_DAY, windowMs: DAY_MS }]);
      await refuseTwice(tx, associationId, input);
      const [id, token] = [uuid(), randomBytes(32).toString('base64url')];
      const expiresAt = new Date(tx.now.getTime() + VALID_HOURS * 3_600_000);
      await tx.sql(
        `update association_invitation set revoked_at = $3 where association_id = $1 and lower(email) = lower($2) and accepted_at is null and revoked_at is null`,
        [associationId, input.email, tx.now],
      );
      const from = mandate.from ?? localParts(tx.now).date;
      await tx.sql(
        `insert into association_invitation (id, association_id, hub_id, email, name, role, locale, mandate, token_hash, invited_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, daterange($8::date, $9::date), $10, $11, $12, $13)`,
        [
          ...[
            id,
            associationId,
            association.hubId,
            input.email,
            input.name,
            input.role,
            input.locale,
            from,
            mandate.to,
          ],
          ...[tokenHash(token), actor.accountId, tx.now, expiresAt],
        ],
      );
      await this.mail(tx, association, input, { token, expiresAt });
      tx.emit({
        type: 'member.invited',
        hubId: association.hubId,
        associationId,
        data: { invitationId: id, role: input.role },
      });
      const [row] = await tx.sql<MemberInvitationView>(`select ${COLUMNS} from association_invitation where id = $2`, [
        tx.now,
        id,
      ]);
      return row;
    });
  }

  /** Takes an open invitation back. */
  uninvite(actor: Actor, associationId: string, invitationId: string): Promise<void> {
    return this.on(actor, associationId, async (tx, { hubId }) => {
      const gone = await tx.affected(
        'update association_invitation set revoked_at = $3 where id = $1 and association_id = $2 and accepted_at is null and revoked_at is null',
        [invitationId, associationId, tx.now],
      );
      if (gone === 0) throw new Refusal('not_found', 'Not found.');
      tx.emit({ type: 'member.uninvited', hubId, associationId, data: { invitationId } });
    });
  }

  /**
   * Sets the first day after a mandate: today or earlier ends it now, with its sessions; null is until further notice.
   * @throws Refusal `status_not_allowed` for the last manager
   */
  endMandate(actor: Actor, associationId: string, accountId: string, to: string | null): Promise<MandateEndView> {
    return this.on(actor, associationId, async (tx, { hubId }) => {
      const today = localParts(tx.now).date;
      const [current] = await tx.sql<{ id: string; role: MemberRole; from: string | null }>(
        `select id, role, lower(valid)::text as "from" from membership
         where association_id = $1 and account_id = $2 and valid @> $3::date order by role limit 1 for update`,
        [associationId, accountId, today],
      );
      if (!current) throw new Refusal('not_found', 'Not found.');
      if (to !== null && current.from !== null && to <= current.from && to > today) {
        throw Refusal.field('/to', 'inverted', 'The mandate ends before it begins.');
      }
      const ends = to !== null && to <= today;
      if (ends && current.role === 'manager') await keepAManager(tx, associationId, accountId, today);
      const [row] = await tx.sql<MandateEndView>(
        `update membership set valid = case when $2::date <= $3::date then daterange(least(lower(valid), $3::date - 1), $3::date)
             else daterange(lower(valid), $2::date) end
         where id = $1 returning account_id as "accountId", role, lower(valid)::text as "from", upper(valid)::text as "to", valid @> $3::date as current`,
        [current.id, to, today],
      );
      if (ends) await closeSessions(tx, current.id, accountId);
      tx.emit({
        type: 'member.changed',
        hubId,
        associationId,
        data: { personId: accountId, role: current.role, to: row.to },
      });
      return row;
    });
  }

  /** One transaction beyond the actor's own rows, after the file was found among them. */
  private on<T>(
    actor: Actor,
    associationId: string,
    work: (tx: TenantTx, association: AssociationView) => Promise<T>,
  ): Promise<T> {
    if (!holds(actor, 'members:manage')) throw new Refusal('forbidden', 'Your role does not allow this.');
    return this.db.run(
      actor,
      async (tx) => {
        const association = await readAssociation(tx, associationId, 'for update');
        return work(tx, association);
      },
      { as: 'system' },
    );
  }

  private async mail(
    tx: TenantTx,
    { id, hubId, nameFr, nameAr }: AssociationView,
    { email, name, locale }: NewMember,
    { token, expiresAt }: { token: string; expiresAt: Date },
  ): Promise<void> {
    const rendered = renderBoth(ASSOCIATION_INVITATION, locale, {
      name,
      by: tx.actor.name,
      associationFr: nameFr,
      associationAr: nameAr,
      dueFr: longDate(expiresAt, 'fr'),
      dueAr: longDate(expiresAt, 'ar'),
      // Behind the hash sign it reaches no server log.
      link: `${this.config.publicUrl}/${locale}/invitation#token=${token}`,
    });
    const template = 'association_invitation';
    await queueMail(tx, { ...rendered, template, language: locale, to: email, hubId, associationId: id });
  }
}

async function refuseTwice(tx: TenantTx, associationId: string, { email, role }: NewMember): Promise<void> {
  const [member] = await tx.sql(
    `select 1 from membership m join account a on a.id = m.account_id
     where m.association_id = $1 and m.role = $2 and lower(a.email) = lower($3) and m.valid @> $4::date`,
    [associationId, role, email, localParts(tx.now).date],
  );
  if (member) throw new Refusal('already_exists', 'This person holds the role already.');
}

/** An association that nobody manages could never be managed again from the portal. */
async function keepAManager(tx: TenantTx, associationId: string, accountId: string, today: string): Promise<void> {
  if (tx.actor.role === 'supervisor') return;
  const [other] = await tx.sql(
    `select 1 from membership m join account a on a.id = m.account_id and a.status = 'active'
     where m.association_id = $1 and m.role = 'manager' and m.account_id <> $2 and m.valid @> $3::date limit 1`,
    [associationId, accountId, today],
  );
  if (!other) throw new Refusal('status_not_allowed', 'The association keeps at least one manager.');
}

async function closeSessions(tx: TenantTx, membershipId: string, accountId: string): Promise<void> {
  const closed = await tx.sql<{ id: string }>(
    'update session set revoked_at = $2 where membership_id = $1 and revoked_at is null returning id',
    [membershipId, tx.now],
  );
  for (const { id } of closed) tx.emit({ type: 'session.closed', data: { accountId, sessionId: id } });
}
