import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { parseReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { countLimits, forgetAttempts } from '../identity/login-limit';
import { FollowUpCodes, followUpCodeHash } from '../tickets/follow-up-code';
import type { IdempotentRequest } from '../tickets/idempotency';
import { databaseTime } from '../work/work-rows';
import { CALLBACK_ROW, endCallback, requestCallback, type CallbackRow } from './callback-writes';
import type { CallbackReceipt, OwnCallbackView } from './callback-view.dto';
import { CallbacksService, phoneOf, refuseEnded, type CallbackChange } from './callbacks.service';
import { readOwn } from './callbacks.queries';
import { callbackQueue } from './telephony-rows';

/** What somebody asks for on the portal. */
export interface PortalCallback {
  phone: string;
  language: 'fr' | 'ar';
  name?: string;
  subject?: string;
  at?: Date;
}

const MAX_BY_ADDRESS = 20;
const MAX_BY_NUMBER = 5;
const MAX_BY_REFERENCE = 10;
const SHORTEST_KEY = 16;
const NONE = Buffer.alloc(32);

/** Calls that people ask for themselves, signed in, following a ticket, or with reference and code. */
@Injectable()
export class OwnCallbacks {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly codes: FollowUpCodes,
    private readonly callbacks: CallbacksService,
  ) {}

  /** Of a signed-in member for the association, or of whoever follows a ticket about that ticket. */
  ask(actor: Actor, wish: PortalCallback): Promise<OwnCallbackView> {
    const follows = actor.role === 'follower';
    const hubId = actor.hubId;
    if (!hubId) throw new Refusal('forbidden', 'Your role does not allow this.');
    return this.db.run(
      actor,
      async (tx) => {
        const id = await this.request(tx, hubId, wish, {
          name: wish.name ?? (follows ? null : actor.name),
          associationId: actor.associationId,
          requesterAccountId: follows ? null : actor.accountId,
          ticketId: follows ? actor.accountId : null,
        });
        await this.refuseForeign(tx, actor, id);
        return readOwn(tx, id);
      },
      { as: 'system' },
    );
  }

  /** Without an account: the place says which hub calls. The code follows from the request, so a repeat is told the same. */
  async askOpenly(
    placeCode: string,
    wish: PortalCallback,
    request: IdempotentRequest,
    address: string,
  ): Promise<CallbackReceipt> {
    if (request.key.length < SHORTEST_KEY) {
      throw Refusal.field('header:Idempotency-Key', 'too_short', `The key has at least ${SHORTEST_KEY} characters.`);
    }
    const e164 = phoneOf(wish.phone);
    const code = await this.codes.of(request);
    const codeHash = followUpCodeHash(code);
    return this.db.system(async (tx) => {
      const known = await byCode(tx, codeHash, e164);
      if (known) return { ...(await readOwn(tx, known)), code };
      await countLimits(tx, [
        { kind: 'callback-address', value: address, max: MAX_BY_ADDRESS },
        { kind: 'callback-number', value: e164, max: MAX_BY_NUMBER },
      ]);
      const { hubId } = this.reference.hubFor(placeCode, tx.now);
      const id = await this.request(tx, hubId, wish, { name: wish.name ?? null, codeHash });
      // Joined to a request of somebody else: nothing of it is told.
      if ((await byCode(tx, codeHash, e164)) !== id) {
        throw new Refusal('already_exists', 'This number is called already.');
      }
      return { ...(await readOwn(tx, id)), code };
    });
  }

  change(actor: Actor, id: string, change: CallbackChange): Promise<OwnCallbackView> {
    return this.asOwner(actor, id, (tx, row) => this.callbacks.apply(tx, row, change));
  }

  cancel(actor: Actor, id: string): Promise<OwnCallbackView> {
    return this.asOwner(actor, id, cancelled);
  }

  /** With reference and code: read, change or cancel. Nobody learns which half was wrong. */
  async withCode(
    given: { reference: string; code: string },
    address: string,
    what: { kind: 'read' } | { kind: 'cancel' } | { kind: 'change'; change: CallbackChange },
  ): Promise<OwnCallbackView> {
    const parsed = parseReference(given.reference);
    if (!parsed) throw Refusal.field('/reference', 'reference_expected', 'This is not a reference.');
    await this.db.system((tx) =>
      countLimits(tx, [
        { kind: 'callback-reference', value: parsed.reference, max: MAX_BY_REFERENCE },
        { kind: 'callback-code-address', value: address, max: 60 },
      ]),
    );
    return this.db.system(async (tx) => {
      const [row] = await tx.query<CallbackRow>(
        'callback-by-reference',
        `select ${CALLBACK_ROW} from callback b where b.reference = $1 for update`,
        [parsed.reference],
      );
      const right = timingSafeEqual(row?.codeHash ?? NONE, followUpCodeHash(given.code));
      if (!row || !row.codeHash || !right) throw new Refusal('invalid_credentials', 'Reference or code is wrong.');
      await forgetAttempts(tx, parsed.reference, 'callback-reference');
      if (what.kind === 'cancel') await cancelled(tx, row);
      else if (what.kind === 'change') await this.callbacks.apply(tx, row, what.change);
      return readOwn(tx, row.id);
    });
  }

  private async request(
    tx: TenantTx,
    hubId: string,
    wish: PortalCallback,
    who: {
      name: string | null;
      associationId?: string | null;
      requesterAccountId?: string | null;
      ticketId?: string | null;
      codeHash?: Buffer;
    },
  ): Promise<string> {
    const { id: queueId } = await callbackQueue(tx, hubId);
    const { language, subject, at } = wish;
    const { id } = await requestCallback(
      tx,
      {
        hubId,
        hubCode: this.reference.hub(hubId).code,
        queueId,
        e164: phoneOf(wish.phone),
        source: 'portal',
        language,
        subject,
        at,
        ...who,
      },
      this.reference.calendarOf(hubId).calendar,
    );
    return id;
  }

  /** A request of others for the same number is not shown. */
  private async refuseForeign(tx: TenantTx, actor: Actor, id: string): Promise<void> {
    if ((await ownRow(tx, actor, id)) === null) throw new Refusal('already_exists', 'This number is called already.');
  }

  private asOwner(
    actor: Actor,
    id: string,
    work: (tx: TenantTx, row: CallbackRow) => Promise<void>,
  ): Promise<OwnCallbackView> {
    return this.db.run(
      actor,
      async (tx) => {
        const row = await ownRow(tx, actor, id);
        if (!row) throw new Refusal('not_found', 'Not found.');
        await work(tx, row);
        return readOwn(tx, id);
      },
      { as: 'system' },
    );
  }
}

async function cancelled(tx: TenantTx, row: CallbackRow): Promise<void> {
  refuseEnded(row);
  await endCallback(tx, row, 'cancelled', await databaseTime(tx));
}

async function ownRow(tx: TenantTx, actor: Actor, id: string): Promise<CallbackRow | null> {
  const [row] =
    actor.role === 'follower'
      ? await tx.query<CallbackRow>(
          'callback-own-ticket',
          `select ${CALLBACK_ROW} from callback b where b.id = $1 and b.ticket_id = $2 for update`,
          [id, actor.accountId],
        )
      : await tx.query<CallbackRow>(
          'callback-own-account',
          `select ${CALLBACK_ROW} from callback b where b.id = $1 and b.association_id = $2 and b.requester_account_id = $3 for update`,
          [id, actor.associationId, actor.accountId],
        );
  return row ?? null;
}

async function byCode(tx: TenantTx, codeHash: Buffer, e164: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    'callback-by-code',
    'select id from callback where code_hash = $1 and e164 = $2 order by requested_at desc limit 1',
    [codeHash, e164],
  );
  return row?.id ?? null;
}
