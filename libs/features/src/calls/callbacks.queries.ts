import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { mayDial, type CallbackState } from '@app/domain/calls/callback-rules';
import { formatPhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { ReferenceData } from '../directory/reference-data';
import { agentOf } from '../work/presence.service';
import { CALLBACK_ITEM, callbackItem, type CallbackItemRow } from './callback-columns';
import { freeSlots } from './callback-writes';
import type {
  AttemptView,
  CallbackItem,
  CallbackPage,
  CallbackView,
  OwnCallbackView,
  SlotView,
} from './callback-view.dto';

export interface CallbackFilter {
  state?: CallbackState[];
  queueCode?: string;
  mine?: boolean;
  breached?: boolean;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}

const LIST = `${CALLBACK_ITEM}
  where b.hub_id = $1 and b.state = any ($2) and ($3::text is null or q.code = $3) and (not $4::boolean or h.account_id = $5)
    and (not $6::boolean or b.promise = 'breached') and ($7::timestamptz is null or (b.queued_at, b.id) > ($7, $8::uuid))
    and ($10::date is null or b.day >= $10) and ($11::date is null or b.day <= $11)
  order by b.queued_at, b.id limit $9`;
const ATTEMPTS = `
  select x.id, x.number, x.account_id as "accountId", p.name, x.started_at as "startedAt", x.ended_at as "endedAt", x.outcome, x.next_try_at as "nextTryAt"
  from callback_attempt x join account p on p.id = x.account_id where x.callback_id = $1 order by x.number`;
const OWN = `
  select b.id, b.reference, b.state, b.e164, b.window_from as "windowFrom", b.window_to as "windowTo", b.due_at as "dueAt", b.attempts, b.language, b.version
  from callback b where`;
const OPEN: readonly CallbackState[] = ['waiting', 'calling'];

@Injectable()
export class CallbacksQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
    private readonly reference: ReferenceData,
  ) {}

  /** Of the own hub, the one that has waited longest first; those that are open unless asked otherwise. */
  async list(actor: Actor, filter: CallbackFilter): Promise<CallbackPage> {
    const { hubId, accountId } = agentOf(actor);
    const {
      state = OPEN,
      queueCode = null,
      mine = false,
      breached = false,
      from = null,
      to = null,
      limit,
      cursor,
    } = filter;
    const use = {
      sort: 'callbacks:queued',
      scope: JSON.stringify([accountId, hubId, state, queueCode, mine, breached, from, to]),
    };
    const secret = await this.secret.value();
    const [at, id] = cursor ? decodeCursor(secret, cursor, use) : [null, null];
    return this.db.run(actor, async (tx) => {
      const values = [hubId, state, queueCode, mine, accountId, breached, at, id, limit + 1, from, to];
      const rows = await tx.query<CallbackItemRow>('callback-list', LIST, values);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown[shown.length - 1] : null;
      const values_ = last && [last.queuedAt.toISOString(), last.id];
      return {
        items: shown.map((row) => this.item(row, hubId, tx.now)),
        nextCursor: values_ && encodeCursor(secret, { ...use, values: values_ }),
      };
    });
  }

  /** @throws Refusal `not_found` */
  find(actor: Actor, id: string): Promise<CallbackView> {
    return this.db.run(actor, (tx) => this.read(tx, agentOf(actor).hubId, id));
  }

  async read(tx: TenantTx, hubId: string, id: string): Promise<CallbackView> {
    const [row] = await tx.query<CallbackItemRow>(
      'callback-read',
      `${CALLBACK_ITEM} where b.hub_id = $1 and b.id = $2`,
      [hubId, id],
    );
    if (!row) throw new Refusal('not_found', 'Not found.');
    const attempts = await tx.query<Omit<AttemptView, 'agent'> & { accountId: string; name: string }>(
      'callback-attempts',
      ATTEMPTS,
      [id],
    );
    const attemptList = attempts.map(({ accountId, name, ...one }) => ({ ...one, agent: { id: accountId, name } }));
    return { ...this.item(row, hubId, tx.now), attemptList };
  }

  /** When the hub may be asked to call, for a week. */
  async slots(hubId: string): Promise<SlotView[]> {
    const { calendar } = this.reference.calendarOf(hubId);
    return this.db.system((tx) => freeSlots(tx, hubId, calendar, tx.now));
  }

  /** One's own requests, the newest first. */
  own(actor: Actor): Promise<OwnCallbackView[]> {
    return this.db.run(
      actor,
      async (tx) => {
        const rows =
          actor.role === 'follower'
            ? await tx.query<OwnRow>(
                'callback-of-ticket',
                `${OWN} b.ticket_id = $1 order by b.requested_at desc limit 50`,
                [actor.accountId],
              )
            : await tx.query<OwnRow>(
                'callback-own',
                `${OWN} b.association_id = $1 and b.requester_account_id = $2 order by b.requested_at desc limit 50`,
                [actor.associationId, actor.accountId],
              );
        return rows.map(ownView);
      },
      { as: 'system' },
    );
  }

  private item(row: CallbackItemRow, hubId: string, now: Date): CallbackItem {
    const { calendar } = this.reference.calendarOf(hubId);
    return callbackItem(row, row.state === 'waiting' && mayDial(row, calendar, now));
  }
}

export type OwnRow = Omit<OwnCallbackView, 'numberDisplay'> & { e164: string };

export function ownView({ e164, ...row }: OwnRow): OwnCallbackView {
  return { ...row, numberDisplay: formatPhone(e164) };
}

/** One request as its requester sees it. */
export async function readOwn(tx: TenantTx, id: string): Promise<OwnCallbackView> {
  const [row] = await tx.query<OwnRow>('callback-own-one', `${OWN} b.id = $1`, [id]);
  return ownView(row);
}
