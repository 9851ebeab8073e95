import type { CalendarDefinition, Closure } from './calendar';
import { Refusal } from './refusal';

/** What a person says of a day off. */
export interface ClosureChange {
  /** The day as the calendar has it, or the day that is added. */
  date: string;
  /** The day to which it moves. */
  to?: string;
  status: Closure['status'];
  /** Needed for a day that is new. */
  key?: string;
  nameFr?: string;
  nameAr?: string;
}

const byDate = (a: Closure, b: Closure): number => Number(a.date > b.date) - Number(a.date < b.date);

/**
 * Confirms, moves, renames or adds a day off. A day with two holidays needs the key of the one that is meant. Refuses a new day without
 * names, and a move onto a day that has the same holiday already.
 */
export function placeClosure(definition: CalendarDefinition, change: ClosureChange): CalendarDefinition {
  const { date, to, status } = change;
  const known = closureMeant(definition, change);
  if (!known && to !== undefined) throw Refusal.field('/date', 'unknown', 'The calendar has no such day off.');
  const next = { date: to ?? date, ...namesOf(change, known), status };
  const others = definition.closures.filter((one) => one !== known);
  if (others.some((one) => one.date === next.date && one.key === next.key)) {
    throw Refusal.field('/to', 'duplicate', 'The calendar has this holiday on that day already.');
  }
  return { ...definition, closures: [...others, next].sort(byDate) };
}

function closureMeant({ closures }: CalendarDefinition, { date, key }: ClosureChange): Closure | undefined {
  const there = closures.filter((one) => one.date === date && (key === undefined || one.key === key));
  if (there.length > 1) throw Refusal.field('/key', 'required', 'This day has several holidays: say which one.');
  return there[0];
}

function namesOf(change: ClosureChange, known?: Closure): Pick<Closure, 'key' | 'nameFr' | 'nameAr'> {
  const name = (field: 'key' | 'nameFr' | 'nameAr'): string => {
    const value = change[field] ?? known?.[field];
    if (!value) throw Refusal.field(`/${field}`, 'required', 'A day that is new needs a key and both names.');
    return value;
  };
  return { key: name('key'), nameFr: name('nameFr'), nameAr: name('nameAr') };
}

/** Takes a day off out of the calendar; of several holidays on it, the one with this key. */
export function removeClosure(definition: CalendarDefinition, date: string, key?: string): CalendarDefinition {
  const closures = definition.closures.filter((one) => one.date !== date || (key !== undefined && one.key !== key));
  if (closures.length === definition.closures.length) {
    throw Refusal.field('/date', 'unknown', 'The calendar has no such day off.');
  }
  return { ...definition, closures };
}

const FIELDS = ['nameFr', 'nameAr', 'status'] as const;

/** Adds days off; one that is there (same day, same key) is replaced. Counts what is new and what is different. */
export function mergeClosures(
  definition: CalendarDefinition,
  given: readonly Closure[],
): { definition: CalendarDefinition; added: number; changed: number } {
  const idOf = (one: Closure): string => `${one.date} ${one.key}`;
  const known = new Map(definition.closures.map((one) => [idOf(one), one]));
  const merged = new Map(known);
  let [added, changed] = [0, 0];
  for (const one of given) {
    const before = known.get(idOf(one));
    if (!before) added += Number(!merged.has(idOf(one)));
    else if (FIELDS.some((field) => before[field] !== one[field])) changed += 1;
    merged.set(idOf(one), one);
  }
  return { definition: { ...definition, closures: [...merged.values()].sort(byDate) }, added, changed };
}

/** What a person says of a season: its dates, its hours, whether it is sure, whether it counts. */
export interface SeasonChange {
  key: string;
  from?: string;
  to?: string;
  confirmed?: boolean;
  on?: boolean;
}

/** Switches a season on or off, confirms it or moves its dates; the caller checks the calendar that comes out. */
export function changeSeason(definition: CalendarDefinition, change: SeasonChange): CalendarDefinition {
  const known = definition.seasons.find((one) => one.key === change.key);
  if (!known) throw Refusal.field('/key', 'unknown', 'The calendar has no such season.');
  const { off: wasOff, ...rest } = known;
  const off = change.on === undefined ? wasOff : !change.on;
  const season = {
    ...rest,
    from: change.from ?? known.from,
    to: change.to ?? known.to,
    confirmed: change.confirmed ?? known.confirmed,
    ...(off ? { off: true as const } : {}),
  };
  return { ...definition, seasons: definition.seasons.map((one) => (one === known ? season : one)) };
}
