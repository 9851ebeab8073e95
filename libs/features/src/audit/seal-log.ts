import { FIRST_SEAL, type SealedEvent, sealHash } from './seal';

export const EVENTS_PER_SEAL = 5_000;

/** Asks the database within whatever transaction the caller holds. */
export type Ask = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/** A place in the log: transaction number, then event id. */
export interface LogPlace {
  xid: string;
  id: string;
}

export const LOG_START: LogPlace = { xid: '0', id: '0' };

/** Order by `event.xid`: a bare `xid` would be this text. */
const COLUMNS = `id, xid::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, type, ticket_id as "ticketId",
  actor_id as "actorId", entity_version as "entityVersion", data`;

/** The next events after a place that no open transaction can still precede. */
export function readUnsealed(ask: Ask, after: LogPlace): Promise<SealedEvent[]> {
  return ask<SealedEvent>(
    `select ${COLUMNS} from event where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by event.xid, event.id limit ${EVENTS_PER_SEAL}`,
    [after.xid, after.id],
  );
}

interface SealRow {
  id: string;
  xid: string;
  eventId: string;
  events: number;
  hash: Buffer;
}

const SEALS = `select id, up_to_xid::text as xid, up_to_id as "eventId", events, hash from event_seal`;

export async function lastSeal(ask: Ask): Promise<{ place: LogPlace; hash: Buffer }> {
  const [row] = await ask<SealRow>(`${SEALS} order by id desc limit 1`);
  return row ? { place: placeOf(row), hash: row.hash } : { place: LOG_START, hash: FIRST_SEAL };
}

const placeOf = (seal: SealRow): LogPlace => ({ xid: seal.xid, id: seal.eventId });

export interface BrokenSeal {
  sealId: string;
  expected: string;
  found: string;
}

/** Recomputes the whole chain, one seal at a time; a broken seal does not hide those after it. */
export async function checkSeals(ask: Ask): Promise<{ seals: number; events: number; broken: BrokenSeal[] }> {
  const result = { seals: 0, events: 0, broken: [] as BrokenSeal[] };
  let previous = { place: LOG_START, hash: FIRST_SEAL };
  for (let last = '0'; ;) {
    const seals = await ask<SealRow>(`${SEALS} where id > $1 order by id limit 1000`, [last]);
    if (seals.length === 0) return result;
    for (const seal of seals) {
      const events = await sealedEvents(ask, previous.place, seal);
      const expected = { events: seal.events, hash: seal.hash.toString('hex') };
      const found = { events: events.length, hash: sealHash(previous.hash, events).toString('hex') };
      if (found.events !== expected.events || found.hash !== expected.hash) {
        result.broken.push({ sealId: seal.id, expected: described(expected), found: described(found) });
      }
      result.seals += 1;
      result.events += events.length;
      previous = { place: placeOf(seal), hash: seal.hash };
      last = seal.id;
    }
  }
}

const described = ({ events, hash }: { events: number; hash: string }): string => `${events} events, ${hash}`;

/** One more than a seal may hold is enough to see that some were slipped in. */
function sealedEvents(ask: Ask, after: LogPlace, seal: SealRow): Promise<SealedEvent[]> {
  return ask<SealedEvent>(
    `select ${COLUMNS} from event where (xid, id) > ($1::xid8, $2::bigint) and (xid, id) <= ($3::xid8, $4::bigint)
     order by event.xid, event.id limit ${EVENTS_PER_SEAL + 1}`,
    [after.xid, after.id, seal.xid, seal.eventId],
  );
}
