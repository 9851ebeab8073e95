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

/** Recomputed for one page at most; more would let a reader keep the database busy. */
const MAX_CHECKED = 60;
const MAX_CHECKED_EVENTS = 20_000;

/** What the seals say of some places of the log, newest seal first. */
export interface PlacesSealed {
  /** By event id. */
  sealed: Set<string>;
  seals: number;
  checked: number;
  broken: string[];
}

/** Finds the seal of each place and recomputes those seals, as many as one reading may. */
export async function checkSealsOf(ask: Ask, places: readonly LogPlace[]): Promise<PlacesSealed> {
  const covering = await ask<{ place: string; seal: string }>(
    `select p.id::text as place, s.id as seal from unnest($1::xid8[], $2::bigint[]) as p(xid, id)
     cross join lateral (
       select id from event_seal where (up_to_xid, up_to_id) >= (p.xid, p.id) order by up_to_xid, up_to_id limit 1) s`,
    [places.map(({ xid }) => xid), places.map(({ id }) => id)],
  );
  const ids = [...new Set(covering.map(({ seal }) => seal))].sort((a, b) => Number(b) - Number(a));
  const found: PlacesSealed = {
    sealed: new Set(covering.map(({ place }) => place)),
    seals: ids.length,
    checked: 0,
    broken: [],
  };
  let budget = MAX_CHECKED_EVENTS;
  for (const id of ids.slice(0, MAX_CHECKED)) {
    const [seal, before] = await ask<SealRow>(`${SEALS} where id <= $1 order by id desc limit 2`, [id]);
    if (found.checked > 0 && seal.events > budget) return found;
    budget -= seal.events;
    if (!(await holds(ask, seal, before))) found.broken.push(id);
    found.checked += 1;
  }
  return found;
}

async function holds(ask: Ask, seal: SealRow, before: SealRow | undefined): Promise<boolean> {
  const events = await sealedEvents(ask, before ? placeOf(before) : LOG_START, seal);
  return events.length === seal.events && sealHash(before?.hash ?? FIRST_SEAL, events).equals(seal.hash);
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
