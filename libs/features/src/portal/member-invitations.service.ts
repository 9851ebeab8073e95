import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { tokenHash } from '@app/platform/session-reader';
import { chosenPassword, newAccount } from '../identity/invited-account';
import { countAttempt } from '../identity/login-limit';
import { passwordMatches } from '../identity/passwords';
import type { AcceptedMemberInvitation, MemberRole, OpenMemberInvitation } from './member-view.dto';

interface Open {
  id: string;
  associationId: string;
  hubId: string;
  email: string;
  name: string;
  role: MemberRole;
  locale: Locale;
  expiresAt: Date;
  associationFr: string;
  associationAr: string;
  accountId: string | null;
  accountStatus: string | null;
  passwordHash: string | null;
}

const OPEN = `
  select i.id, i.association_id as "associationId", i.hub_id as "hubId", i.email, i.name, i.role, i.locale, i.expires_at as "expiresAt",
    o.name_fr as "associationFr", o.name_ar as "associationAr", a.id as "accountId", a.status as "accountStatus", a.password_hash as "passwordHash"
  from association_invitation i join association o on o.id = i.association_id left join account a on lower(a.email) = lower(i.email)
  where i.token_hash = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2`;

/** What the holder of an invitation to an association may do with it: look, and accept once. */
@Injectable()
export class MemberInvitationsService {
  constructor(private readonly db: TenantDb) {}

  async look(token: string, address: string): Promise<OpenMemberInvitation> {
    await this.count(token, address);
    const { email, name, role, associationFr, associationAr, locale, expiresAt, accountId } = await this.open(token);
    return { email, name, role, associationFr, associationAr, locale, expiresAt, hasAccount: accountId !== null };
  }

  /** A new account with this password; who has one proves it with its password, and acts for one association more. */
  async accept(token: string, password: string, address: string): Promise<AcceptedMemberInvitation> {
    await this.count(token, address);
    const found = await this.open(token);
    const hash = await proofOf(found, password);
    return this.db.system(async (tx) => {
      const [row] = await tx.sql<Open>(`${OPEN} for update of i`, [tokenHash(token), tx.now]);
      // Used meanwhile, or the address got its account meanwhile: what was checked does not hold any more.
      if (!row || row.accountId !== found.accountId) throw gone();
      const accountId = row.accountId ?? (await newAccount(tx, row, hash));
      const membershipId = await join(tx, row, accountId);
      const { associationId, hubId, role } = row;
      const data = { invitationId: row.id, personId: accountId, membershipId, role };
      tx.emit({ type: 'member.joined', hubId, associationId, data });
      return { accountId, email: row.email };
    });
  }

  private count(token: string, address: string): Promise<void> {
    return this.db.system((tx) => countAttempt(tx, `invitation ${token}`, address));
  }

  private async open(token: string): Promise<Open> {
    const [row] = await this.db.system((tx) => tx.sql<Open>(OPEN, [tokenHash(token), tx.now]));
    if (!row) throw gone();
    return row;
  }
}

function gone(): Refusal {
  return new Refusal('not_found', 'This invitation is unknown, used or has run out.');
}

/** A hash for a new account; nothing new for one that is there, put out of use or not proven. */
async function proofOf({ accountId, accountStatus, passwordHash, email }: Open, password: string): Promise<string> {
  if (accountId === null) return chosenPassword(password, email);
  const proven = await passwordMatches(passwordHash, password);
  if (!proven || accountStatus !== 'active') throw new Refusal('invalid_credentials', 'E-mail or password is wrong.');
  return passwordHash!;
}

/** The mandate as it was invited for; one that the person has already stays. */
async function join(tx: TenantTx, row: Open, accountId: string): Promise<string> {
  const id = uuid();
  await tx.sql('update association_invitation set accepted_at = $2 where id = $1', [row.id, tx.now]);
  await tx.sql(
    `insert into membership (id, account_id, kind, role, hub_id, association_id, valid)
     select $1, $2, 'association', i.role, i.hub_id, i.association_id, i.mandate from association_invitation i where i.id = $3`,
    [id, accountId, row.id],
  );
  return id;
}
