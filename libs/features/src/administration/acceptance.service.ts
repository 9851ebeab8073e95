import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { tokenHash } from '@app/platform/session-reader';
import { chosenPassword, newAccount } from '../identity/invited-account';
import { countAttempt } from '../identity/login-limit';
import { passwordMatches } from '../identity/passwords';
import type { StaffRole } from './people-scope';
import type { AcceptedInvitationView, OpenInvitationView } from './people-view.dto';

interface Open {
  id: string;
  kind: 'hub' | 'national';
  role: StaffRole;
  hubId: string | null;
  email: string;
  name: string;
  locale: Locale;
  cleared: boolean;
  skills: { skill: string; level: number }[];
  expiresAt: Date;
  hubFr: string | null;
  hubAr: string | null;
  accountId: string | null;
  passwordHash: string | null;
}

const PROGRAMME = { hubFr: 'Programme national', hubAr: 'البرنامج الوطني' };
const OPEN = `
  select i.id, i.kind, i.role, i.hub_id as "hubId", i.email, i.name, i.locale, i.cleared, i.skills, i.expires_at as "expiresAt",
    h.name_fr as "hubFr", h.name_ar as "hubAr", a.id as "accountId", a.password_hash as "passwordHash"
  from invitation i left join hub h on h.id = i.hub_id left join account a on lower(a.email) = lower(i.email)
  where i.token_hash = $1 and i.kind <> 'association' and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2`;

/** What the holder of a token may do with it: look, and accept once. */
@Injectable()
export class AcceptanceService {
  constructor(private readonly db: TenantDb) {}

  async look(token: string, address: string): Promise<OpenInvitationView> {
    await this.count(token, address);
    const { email, name, role, hubFr, hubAr, locale, expiresAt, accountId } = await this.open(token);
    const hub = hubFr && hubAr ? { hubFr, hubAr } : PROGRAMME;
    return { email, name, role, ...hub, locale, expiresAt, hasAccount: accountId !== null };
  }

  /** A new account with this password; who has one already proves it with its password and gets one membership more. */
  async accept(token: string, password: string, address: string): Promise<AcceptedInvitationView> {
    await this.count(token, address);
    const found = await this.open(token);
    const hash = found.accountId ? await proven(found, password) : await chosenPassword(password, found.email);
    return this.db.system(async (tx) => {
      const [row] = await tx.sql<Open>(`${OPEN} for update of i`, [tokenHash(token), tx.now]);
      // Used meanwhile, or the address got its account meanwhile: what was checked does not hold any more.
      if (!row || row.accountId !== found.accountId) throw gone();
      const accountId = row.accountId ?? (await newAccount(tx, row, hash));
      const membershipId = await join(tx, row, accountId);
      await tx.sql('update invitation set accepted_at = $2, account_id = $3, version = version + 1 where id = $1', [
        row.id,
        tx.now,
        accountId,
      ]);
      const data = { personId: accountId, membershipId, invitationId: row.id, role: row.role, cleared: row.cleared };
      tx.emit({ type: 'account.joined', hubId: row.hubId, data });
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

async function proven({ passwordHash }: Open, password: string): Promise<string> {
  if (!(await passwordMatches(passwordHash, password)))
    throw new Refusal('invalid_credentials', 'E-mail or password is wrong.');
  return passwordHash!;
}

/** An account that was put out of use comes back with its new post. */
async function join(tx: TenantTx, row: Open, accountId: string): Promise<string> {
  const id = uuid();
  await tx.sql(
    'insert into membership (id, account_id, kind, role, hub_id, cleared, valid) values ($1, $2, $3, $4, $5, $6, daterange($7::date, null))',
    [id, accountId, row.kind, row.role, row.hubId, row.cleared, localParts(tx.now).date],
  );
  await tx.sql(`update account set status = 'active', version = version + 1 where id = $1 and status <> 'active'`, [
    accountId,
  ]);
  if (row.hubId && row.skills.length > 0) {
    await tx.sql(
      `insert into agent_skill (account_id, hub_id, skill_code, level)
       select $1, $2, s.skill, s.level from jsonb_to_recordset($3::jsonb) as s(skill text, level int) on conflict do nothing`,
      [accountId, row.hubId, JSON.stringify(row.skills)],
    );
  }
  return id;
}
