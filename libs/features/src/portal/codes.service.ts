import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { asciiDigits } from '@app/domain/folding';
import type { Locale } from '@app/domain/person';
import { MINUTE_MS } from '@app/domain/zone';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { tokenHash } from '@app/platform/session-reader';
import { countAttempt, countLimits } from '../identity/login-limit';
import { SessionsService, type OpenedSession, type ProvenAccount } from '../identity/sessions.service';
import { renderBoth } from '../notifications/templates';
import { SIGN_IN_CODE } from './access-texts';

const VALID_MINUTES = 15;
const RESEND_SECONDS = 60;
const MAX_TRIES = 5;
const MAX_BY_EMAIL = 4;
const MAX_BY_ADDRESS = 40;
const NONE = Buffer.alloc(32);
const ACCOUNT = 'a.id, a.name, a.locale';

interface Tried extends ProvenAccount {
  codeId: string;
  hash: Buffer;
}

/** Signing in without a password: six digits by e-mail, and a link in the same mail. */
@Injectable()
export class CodesService {
  constructor(
    private readonly db: TenantDb,
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends a code, which ends the ones before it. With or without an account the same statements run and the same is said.
   * @throws Refusal `rate_limited`
   */
  async ask(
    email: string,
    language: Locale,
    address: string,
  ): Promise<{ resendAfterSeconds: number; expiresInMinutes: number }> {
    await this.db.system(async (tx) => {
      await countLimits(tx, [
        { kind: 'code-now', value: email, max: 1, windowMs: RESEND_SECONDS * 1_000 },
        { kind: 'code-email', value: email, max: MAX_BY_EMAIL },
        { kind: 'code-address', value: address, max: MAX_BY_ADDRESS },
      ]);
      await this.send(tx, email, language);
    });
    return { resendAfterSeconds: RESEND_SECONDS, expiresInMinutes: VALID_MINUTES };
  }

  /** The code counts as a proof once, within its time and its tries. */
  async open(email: string, code: string, address: string, membershipId?: string): Promise<OpenedSession> {
    await this.db.system((tx) => countAttempt(tx, email, address));
    // Counted and committed before it is looked at, so that guesses at the same time are counted too.
    const tried = await this.db.system((tx) => countTry(tx, email));
    const given = codeHash(tried?.codeId ?? '', asciiDigits(code.normalize('NFKC')).replace(/\D/g, ''));
    const right = timingSafeEqual(tried?.hash ?? NONE, given);
    const proven = tried && right ? await this.db.system((tx) => use(tx, 'c.id = $1', tried.codeId)) : null;
    return this.sessions.openFor(proven, email, membershipId);
  }

  async openLink(token: string, address: string): Promise<OpenedSession> {
    await this.db.system((tx) => countLimits(tx, [{ kind: 'link-address', value: address, max: MAX_BY_ADDRESS }]));
    const proven = await this.db.system((tx) => use(tx, 'c.link_hash = $1', tokenHash(token)));
    return this.sessions.openFor(proven, proven?.email ?? '');
  }

  /** One statement for everybody: without an account it writes nothing. */
  private async send(tx: TenantTx, email: string, language: Locale): Promise<void> {
    const [codeId, mailId] = [uuid(), uuid()];
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const token = randomBytes(32).toString('base64url');
    const link = `${this.config.publicUrl}/${language}/sign-in#link=${token}`;
    const { subject, text, html } = renderBoth(SIGN_IN_CODE, language, { code, link });
    await tx.query(
      'code-send',
      `with found as (select a.id, a.email from account a where lower(a.email) = lower($1) and a.status = 'active'),
         ended as (update sign_in_code c set used_at = $2 from found f where c.account_id = f.id and c.used_at is null),
         made as (insert into sign_in_code (id, account_id, code_hash, link_hash, created_at, expires_at)
           select $3::uuid, f.id, $4, $5, $2, $6::timestamptz from found f),
         queued as (insert into event (at, type, data) select $2, 'mail.queued', jsonb_build_object('mailId', $7::uuid) from found returning id),
         handed as (insert into outbox (event_id, consumer) select id, 'mail' from queued)
       insert into mail_message (id, event_id, template, language, to_address, subject, text, html, message_id, created_at)
       select $7, q.id, 'sign_in_code', $8, f.email, $9, $10, $11, $12, $2 from found f, queued q`,
      [
        email,
        tx.now,
        codeId,
        codeHash(codeId, code),
        tokenHash(token),
        new Date(tx.now.getTime() + VALID_MINUTES * MINUTE_MS),
        mailId,
        language,
        subject,
        text,
        html,
        `<${mailId}@sanad>`,
      ],
    );
    tx.logged = true;
  }
}

/** With the id of its row, so that equal codes do not look equal at rest. */
function codeHash(codeId: string, code: string): Buffer {
  return createHash('sha256').update(`${codeId}:${code}`).digest();
}

/** The live code of an e-mail, one try fewer; none when all are used up. */
async function countTry(tx: TenantTx, email: string): Promise<Tried | undefined> {
  const [row] = await tx.query<Tried>(
    'code-try',
    `update sign_in_code c set tries = c.tries + 1 from account a
     where a.id = c.account_id and lower(a.email) = lower($1) and a.status = 'active' and c.used_at is null and c.expires_at > $2 and c.tries < ${MAX_TRIES}
     returning ${ACCOUNT}, c.id as "codeId", c.code_hash as hash`,
    [email, tx.now],
  );
  return row;
}

/** Uses a code up; of two at once one gets it. */
async function use(tx: TenantTx, which: string, value: unknown): Promise<(ProvenAccount & { email: string }) | null> {
  const [row] = await tx.sql<ProvenAccount & { email: string }>(
    `update sign_in_code c set used_at = $2 from account a
     where ${which} and a.id = c.account_id and a.status = 'active' and c.used_at is null and c.expires_at > $2
     returning ${ACCOUNT}, a.email`,
    [value, tx.now],
  );
  return row ?? null;
}
