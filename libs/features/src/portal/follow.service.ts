import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { parseReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import { tokenHash } from '@app/platform/session-reader';
import { countLimits, forgetAttempts } from '../identity/login-limit';
import { followUpCodeHash } from '../tickets/follow-up-code';
import type { FollowView } from './portal-view.dto';

const SESSION_HOURS = 2;
const MAX_BY_REFERENCE = 10;
const MAX_BY_ADDRESS = 60;
const NONE = Buffer.alloc(32);

interface Followed {
  id: string;
  hubId: string;
  associationId: string | null;
  reference: string;
  locale: 'fr' | 'ar';
  hash: Buffer | null;
}

/** Following without an account: reference and code open a session that reaches this one ticket. */
@Injectable()
export class FollowService {
  constructor(private readonly db: TenantDb) {}

  /**
   * @throws Refusal `validation_failed` for what cannot be a reference, `invalid_credentials` for a wrong pair, whichever half is
   * wrong, `rate_limited` for guesses
   */
  async open(spelling: string, code: string, address: string): Promise<FollowView> {
    const parsed = parseReference(spelling);
    if (!parsed) throw Refusal.field('/reference', 'reference_expected', 'This is not a reference.');
    const { reference } = parsed;
    await this.db.system((tx) =>
      countLimits(tx, [
        { kind: 'follow-reference', value: reference, max: MAX_BY_REFERENCE },
        { kind: 'follow-address', value: address, max: MAX_BY_ADDRESS },
      ]),
    );
    return this.db.system(async (tx) => {
      const ticket = await find(tx, reference);
      const right = timingSafeEqual(ticket?.hash ?? NONE, followUpCodeHash(code));
      if (!ticket || !right) throw new Refusal('invalid_credentials', 'Reference or code is wrong.');
      await forgetAttempts(tx, reference, 'follow-reference');
      return openSession(tx, ticket);
    });
  }
}

async function find(tx: TenantTx, reference: string): Promise<Followed | undefined> {
  const [row] = await tx.query<Followed>(
    'follow-find',
    `select id, hub_id as "hubId", association_id as "associationId", reference, answer_language as locale, follow_up_code_hash as hash
     from ticket where reference = $1`,
    [reference],
  );
  return row;
}

async function openSession(tx: TenantTx, ticket: Followed): Promise<FollowView> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(tx.now.getTime() + SESSION_HOURS * 3_600_000);
  await tx.sql(
    `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, can_write, granted_at)
     values ($1, $2, $3, $2, 'follower', 'follow_up', true, $4)
     on conflict (ticket_id) where grantee_kind = 'follower' do nothing`,
    [uuid(), ticket.id, ticket.hubId, tx.now],
  );
  await tx.sql('insert into session (id, token_hash, ticket_id, created_at, expires_at) values ($1, $2, $3, $4, $5)', [
    uuid(),
    tokenHash(token),
    ticket.id,
    tx.now,
    expiresAt,
  ]);
  const { id: ticketId, hubId, associationId, reference, locale } = ticket;
  tx.emit({ type: 'ticket.followed', hubId, associationId, ticketId });
  return { token, expiresAt, ticketId, reference, locale };
}
