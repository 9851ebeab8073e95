import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { lockPeople, peopleCondition, rolesGiven, type StaffRole } from './people-scope';
import type { InvitationView } from './people-view.dto';

export interface NewInvitation {
  email: string;
  name: string;
  role: StaffRole;
  /** Of the hub; a coordinator names it, null for the programme itself. */
  hubId?: string | null;
  locale: Locale;
  cleared: boolean;
  /** Written languages, so that questions can be given at once. */
  languages: Locale[];
}

const HOURS = 72;
const WRITTEN_LEVEL = 3;
const STATE = `case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked' when expires_at <= $1 then 'expired' else 'open' end`;
const COLUMNS = `id, email, name, role, hub_id as "hubId", cleared, locale, ${STATE} as state, created_at as "createdAt", expires_at as "expiresAt", version`;

/** Invitations of staff. The token is made by whoever writes the mail, and only its hash is kept. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** The latest 200 of the actor's people. */
  list(actor: Actor): Promise<InvitationView[]> {
    return this.db.run(
      actor,
      (tx) =>
        tx.sql<InvitationView>(
          `select ${COLUMNS} from invitation where kind <> 'association' and (${condition(actor, 2)}) order by created_at desc, id desc limit 200`,
          [tx.now, actor.hubId],
        ),
      { as: 'system' },
    );
  }

  create(actor: Actor, input: NewInvitation): Promise<InvitationView> {
    const hubId = this.hubOf(actor, input);
    if (!rolesGiven(actor, hubId).includes(input.role))
      throw Refusal.field('/role', 'not_allowed', 'This role is not yours to give here.');
    return this.db.run(
      actor,
      async (tx) => {
        await lockPeople(tx, hubId);
        await refuseMember(tx, input.email, input.role, hubId);
        // One that has run out makes room.
        await tx.sql(
          `update invitation set revoked_at = $2 where lower(email) = lower($1) and accepted_at is null and revoked_at is null and expires_at <= $2`,
          [input.email, tx.now],
        );
        const id = uuid();
        await tx.sql(
          `insert into invitation (id, kind, role, hub_id, email, name, locale, cleared, skills, invited_by, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          [
            ...[
              id,
              hubId ? 'hub' : 'national',
              input.role,
              hubId,
              input.email,
              input.name,
              input.locale,
              input.cleared,
            ],
            ...[skillsOf(input), actor.accountId, tx.now, expiry(tx)],
          ],
        );
        return sent(tx, id, hubId, input.role);
      },
      { as: 'system' },
    );
  }

  /** A new token and three more days; the old token ends. */
  resend(actor: Actor, id: string, expected: number): Promise<InvitationView> {
    return this.onOpen(actor, id, expected, async (tx, { hubId, role }) => {
      await tx.sql('update invitation set token_hash = null, expires_at = $2, version = version + 1 where id = $1', [
        id,
        expiry(tx),
      ]);
      return sent(tx, id, hubId, role);
    });
  }

  revoke(actor: Actor, id: string, expected: number): Promise<InvitationView> {
    return this.onOpen(actor, id, expected, async (tx, { hubId, role }) => {
      await tx.sql('update invitation set revoked_at = $2, version = version + 1 where id = $1', [id, tx.now]);
      tx.emit({ type: 'invitation.revoked', hubId, data: { invitationId: id, role } });
      return read(tx, id);
    });
  }

  private onOpen(
    actor: Actor,
    id: string,
    expected: number,
    work: (tx: TenantTx, one: InvitationView) => Promise<InvitationView>,
  ): Promise<InvitationView> {
    return this.db.run(
      actor,
      async (tx) => {
        const [one] = await tx.sql<InvitationView>(
          `select ${COLUMNS} from invitation where kind <> 'association' and (${condition(actor, 2)}) and id = $3 for update`,
          [tx.now, actor.hubId, id],
        );
        if (!one) throw new Refusal('not_found', 'Not found.');
        checkVersion(one.version, expected);
        if (one.state !== 'open' && one.state !== 'expired')
          throw new Refusal('status_not_allowed', 'This invitation was accepted or taken back.');
        return work(tx, one);
      },
      { as: 'system' },
    );
  }

  private hubOf(actor: Actor, { hubId, role }: NewInvitation): string | null {
    if (actor.role === 'supervisor') {
      if (hubId && hubId !== actor.hubId) throw new Refusal('not_found', 'Not found.');
      return actor.hubId;
    }
    if (role === 'coordinator') return null;
    if (!hubId) throw Refusal.field('/hubId', 'required', 'Say which hub.');
    return this.reference.hub(hubId).id;
  }
}

/** The same scope as that of people. */
function condition(actor: Actor, parameter: number): string {
  return peopleCondition(actor).replace('$1', `$${parameter}`).replaceAll('m.', '');
}

function expiry(tx: TenantTx): Date {
  return new Date(tx.now.getTime() + HOURS * 3_600_000);
}

function skillsOf({ role, languages }: NewInvitation): string {
  const works = role === 'agent' || role === 'supervisor';
  return JSON.stringify(works ? languages.map((skill) => ({ skill, level: WRITTEN_LEVEL })) : []);
}

async function refuseMember(tx: TenantTx, email: string, role: StaffRole, hubId: string | null): Promise<void> {
  const [member] = await tx.sql(
    `select 1 from membership m join account a on a.id = m.account_id
     where lower(a.email) = lower($1) and m.role = $2 and m.hub_id is not distinct from $3::uuid and m.valid @> $4::date`,
    [email, role, hubId, localParts(tx.now).date],
  );
  if (member) throw new Refusal('already_exists', 'This person holds the role already.');
}

/** The mail is written by who hears the event. */
function sent(tx: TenantTx, id: string, hubId: string | null, role: StaffRole): Promise<InvitationView> {
  tx.emit({ type: 'invitation.sent', hubId, data: { invitationId: id, role } });
  return read(tx, id);
}

async function read(tx: TenantTx, id: string): Promise<InvitationView> {
  const [row] = await tx.sql<InvitationView>(`select ${COLUMNS} from invitation where id = $2`, [tx.now, id]);
  return row;
}
