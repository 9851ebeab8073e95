import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { inScope, listScope, type Actor } from '@app/domain/access';
import type { CallOutcome, CallState } from '@app/domain/calls/call-record';
import { numberOf } from '@app/domain/calls/call-parties';
import { formatPhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { agentOf } from '../work/presence.service';
import { callerOf, isRevealed } from './caller.queries';
import type { CallItem, CallLegView, CallPage, CallView, ConsentView } from './call-view.dto';
import { telephonyOf } from './telephony-rows';

export interface CallFilter {
  direction?: 'in' | 'out' | 'internal';
  state?: CallState[];
  outcome?: CallOutcome[];
  queueCode?: string;
  agentId?: string;
  phone?: string;
  ticketId?: string;
  contactId?: string;
  /** Local days. */
  from?: string;
  to?: string;
  short?: boolean;
  attached?: boolean;
  /** Seconds. */
  waitedAtMost?: number;
  waitedMore?: number;
  limit: number;
  cursor?: string;
}

const COLUMNS = `
  select k.id, k.direction, k.state, k.outcome, k.short, k.source, k.times, k.from_raw as "fromRaw", k.from_e164 as "fromE164", k.to_raw as "toRaw", k.to_e164 as "toE164",
    q.code as "queueCode", k.account_id as "agentId", p.name as "agentName", k.match, k.verified_at as "verifiedAt", k.contact_id as "contactId", c.name as "contactName",
    k.association_id as "associationId", a.name_fr as "associationFr", a.name_ar as "associationAr", k.ticket_id as "ticketId", t.reference, t.restricted,
    t.assignee_id as "ticketAssigneeId", k.callback_id as "callbackId", k.started_at as "startedAt", k.queued_at as "queuedAt", k.answered_at as "answeredAt",
    k.ended_at as "endedAt", k.wait_ms::float8 as "waitMs", k.talk_ms::float8 as "talkMs", k.hold_ms::float8 as "holdMs", k.language, k.note, k.disposition,
    k.wrap_up_code as "wrapUpCode", k.wrapped_up_at as "wrappedUpAt", k.incomplete, k.offers, k.missed_offers as "missedOffers", k.transfers, k.cause, k.cause_raw as "causeRaw",
    k.ivr, k.recording_ref as "recordingRef", k.version
  from call k left join queue q on q.id = k.queue_id left join account p on p.id = k.account_id left join contact c on c.id = k.contact_id
  left join association a on a.id = k.association_id left join ticket t on t.id = k.ticket_id`;

const LIST = `${COLUMNS}
  where k.hub_id = $1 and ($2::text is null or k.direction = $2) and ($3::text[] is null or k.state = any ($3)) and ($4::text[] is null or k.outcome = any ($4))
    and ($5::text is null or q.code = $5) and ($6::uuid is null or k.account_id = $6) and ($7::text is null or $7 in (k.from_e164, k.to_e164))
    and ($8::uuid is null or k.ticket_id = $8) and ($9::uuid is null or k.contact_id = $9)
    and ($10::date is null or k.started_at >= ($10::date)::timestamp at time zone $17) and ($11::date is null or k.started_at < ($11::date + 1)::timestamp at time zone $17)
    and ($12::boolean is null or k.short = $12) and ($13::boolean is null or (k.ticket_id is not null) = $13)
    and ($18::bigint is null or k.wait_ms <= $18) and ($19::bigint is null or k.wait_ms > $19)
    and ($14::timestamptz is null or (k.started_at, k.id) < ($14, $15::uuid))
  order by k.started_at desc, k.id desc limit $16`;

interface CallListRow extends Omit<
  CallItem,
  'number' | 'numberDisplay' | 'numberRaw' | 'agent' | 'contact' | 'association'
> {
  fromRaw: string;
  fromE164: string | null;
  toRaw: string;
  toE164: string | null;
  agentId: string | null;
  agentName: string | null;
  verifiedAt: Date | null;
  contactId: string | null;
  contactName: string | null;
  associationId: string | null;
  associationFr: string | null;
  associationAr: string | null;
  restricted: boolean | null;
  ticketAssigneeId: string | null;
  queuedAt: Date | null;
  holdMs: number;
  note: string | null;
  wrappedUpAt: Date | null;
  offers: number;
  missedOffers: number;
  transfers: number;
  cause: CallView['cause'];
  causeRaw: string | null;
  ivr: Record<string, string>;
  recordingRef: string | null;
}

@Injectable()
export class CallsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
  ) {}

  /** Calls of the own hub, the newest first. */
  async list(actor: Actor, filter: CallFilter): Promise<CallPage> {
    const { hubId, accountId } = agentOf(actor);
    const { limit, cursor, ...wanted } = filter;
    const phone = wanted.phone === undefined ? null : numberOf(wanted.phone);
    if (wanted.phone !== undefined && !phone) {
      throw Refusal.field('?phone', 'phone_expected', 'This is not a telephone number.');
    }
    const use = { sort: 'calls:started', scope: JSON.stringify([accountId, hubId, wanted]) };
    const secret = await this.secret.value();
    const [at, id] = cursor ? decodeCursor(secret, cursor, use) : [null, null];
    return this.db.run(actor, async (tx) => {
      const rows = await tx.query<CallListRow>('call-list', LIST, [
        hubId,
        ...valuesOf(wanted, phone),
        at,
        id,
        limit + 1,
        ZONE,
        ...waits(wanted),
      ]);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown[shown.length - 1] : null;
      return {
        items: shown.map((row) => itemOf(row, actor)),
        nextCursor: last && encodeCursor(secret, { ...use, values: [last.startedAt.toISOString(), last.id] }),
      };
    });
  }

  /** @throws Refusal `not_found` */
  find(actor: Actor, id: string): Promise<CallView> {
    return this.db.run(actor, (tx) => readCall(tx, actor, id));
  }
}

const ZONE = 'Africa/Casablanca';
const waits = ({ waitedAtMost, waitedMore }: Partial<CallFilter>): (number | null)[] => [
  waitedAtMost === undefined ? null : waitedAtMost * 1_000,
  waitedMore === undefined ? null : waitedMore * 1_000,
];

/** In the order of the statement. */
function valuesOf(wanted: Omit<CallFilter, 'limit' | 'cursor'>, phone: string | null): unknown[] {
  const { direction, state, outcome, queueCode, agentId, ticketId, contactId, from, to, short, attached } = wanted;
  return [direction, state, outcome, queueCode, agentId, phone, ticketId, contactId, from, to, short, attached].map(
    (one) => one ?? null,
  );
}

const OFFERED_BY_US = `select 1 from work_item where subject_id = $1 and kind = 'call' and state in ('queued', 'offered', 'accepted') limit 1`;

/** One call of the hub with everything that may be shown of it. @throws Refusal `not_found` */
export async function readCall(tx: TenantTx, actor: Actor, id: string): Promise<CallView> {
  const { hubId } = agentOf(actor);
  const [row] = await tx.query<CallListRow>('call-read', `${COLUMNS} where k.hub_id = $1 and k.id = $2`, [hubId, id]);
  if (!row) throw new Refusal('not_found', 'Not found.');
  const consents = await tx.query<ConsentView>(
    'call-consents',
    `select id, scope, state, wording_version as "wordingVersion", language, given_at as "givenAt", withdrawn_at as "withdrawnAt"
     from consent where call_id = $1 order by given_at, id`,
    [id],
  );
  const offered = await tx.query('call-offered-by-us', OFFERED_BY_US, [id]);
  const { recording } = await telephonyOf(tx, hubId);
  const { fromRaw, toRaw, queuedAt, holdMs, offers, missedOffers, transfers, cause, causeRaw, note, ivr } = row;
  return {
    ...itemOf(row, actor),
    ...{ from: fromRaw, to: toRaw, queuedAt, holdMs, offers, missedOffers, transfers, cause, causeRaw, note, ivr },
    wrappedUpAt: row.wrappedUpAt,
    caller: await callerOf(tx, actor, row),
    legs: await legsOf(tx, id),
    offeredByUs: offered.length > 0,
    consents,
    asksConsent: recording,
    recordingRef: recording && consents.some(holdsNow) ? row.recordingRef : null,
  };
}

function holdsNow({ state, withdrawnAt }: ConsentView): boolean {
  return state === 'granted' && withdrawnAt === null;
}

function itemOf(row: CallListRow, actor: Actor): CallItem {
  const number = row.direction === 'out' ? row.toE164 : row.fromE164;
  const { id, direction, state, outcome, short, source, times, queueCode, match, callbackId, startedAt, answeredAt } =
    row;
  const { endedAt, waitMs, talkMs, language, disposition, wrapUpCode, incomplete, version } = row;
  return {
    ...{ id, direction, state, outcome, short, source, times, queueCode, match, callbackId, startedAt, answeredAt },
    ...{ endedAt, waitMs, talkMs, language, disposition, wrapUpCode, incomplete, version },
    number,
    numberDisplay: number && formatPhone(number),
    numberRaw: direction === 'out' ? row.toRaw : row.fromRaw,
    agent: row.agentId ? { id: row.agentId, name: row.agentName! } : null,
    ...whoOf(row),
    ...(isListed(row, actor)
      ? { ticketId: row.ticketId, reference: row.reference }
      : { ticketId: null, reference: null }),
  };
}

/** Names only where they are sure. */
function whoOf(row: CallListRow): Pick<CallItem, 'contact' | 'association'> {
  if (!isRevealed(row)) return { contact: null, association: null };
  const { contactId, contactName, associationId, associationFr, associationAr } = row;
  return {
    contact: contactId ? { id: contactId, name: contactName! } : null,
    association: associationId ? { id: associationId, nameFr: associationFr!, nameAr: associationAr! } : null,
  };
}

/** A restricted ticket is named to those only who see it in their lists. */
function isListed(row: CallListRow, actor: Actor): boolean {
  const subject = { hubId: actor.hubId!, associationId: null, requesterAccountId: null, grant: 'none' as const };
  return inScope(listScope(actor), {
    ...subject,
    assigneeId: row.ticketAssigneeId,
    restricted: row.restricted ?? false,
  });
}

async function legsOf(tx: TenantTx, id: string): Promise<CallLegView[]> {
  const rows = await tx.query<Omit<CallLegView, 'agent'> & { accountId: string | null; name: string | null }>(
    'call-legs-read',
    `select l.account_id as "accountId", p.name, l.agent_value as named, l.offered_at as "offeredAt", l.answered_at as "answeredAt", l.ended_at as "endedAt", l.outcome,
       l.talk_ms::float8 as "talkMs" from call_leg l left join account p on p.id = l.account_id where l.call_id = $1 order by l.offered_at nulls last, l.leg_id`,
    [id],
  );
  return rows.map(({ accountId, name, ...leg }) => ({
    ...leg,
    agent: accountId ? { id: accountId, name: name! } : null,
  }));
}
