import type { CallOutcome, CallState } from '@app/domain/calls/call-record';
import type { CallFilter } from './call-queries';

/** As the domain lists them: its module would bring the book of numbers into the first load. */
export const CALL_OUTCOMES = [
  ...(['answered', 'abandoned', 'overflowed', 'called_back', 'voicemail'] as const),
  ...(['closed', 'blocked', 'not_reached', 'lost'] as const),
] as const satisfies readonly CallOutcome[];
const CALL_STATES = ['ringing', 'queued', 'active', 'held', 'ended'] as const satisfies readonly CallState[];

/** What the address says of the log. */
export interface CallSearch {
  direction?: 'in' | 'out';
  outcome?: CallOutcome[];
  state?: CallState[];
  queueCode?: string;
  agentId?: string;
  phone?: string;
  from?: string;
  to?: string;
  short?: boolean;
  attached?: boolean;
  waitedAtMost?: number;
  waitedMore?: number;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const ID = /^[0-9a-f-]{36}$/i;
const MOST = 40;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, MOST) || undefined : undefined;
const day = (value: unknown): string | undefined => (DAY.test(text(value) ?? '') ? text(value) : undefined);
const id = (value: unknown): string | undefined => (ID.test(text(value) ?? '') ? text(value) : undefined);
const flag = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
const seconds = (value: unknown): number | undefined => {
  const found = Number(value);
  return value !== undefined && Number.isInteger(found) && found >= 0 && found <= 86_400 ? found : undefined;
};

function several<T extends string>(values: readonly T[], value: unknown): T[] | undefined {
  const asked = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  const found = values.filter((one) => asked.includes(one));
  return found.length > 0 ? found : undefined;
}

/** Whatever stands in the address: what is not known is left out. */
export function readCallSearch(search: Record<string, unknown>): CallSearch {
  const found: CallSearch = {
    direction: (['in', 'out'] as const).find((one) => one === search.direction),
    outcome: several(CALL_OUTCOMES, search.outcome),
    state: several(CALL_STATES, search.state),
    queueCode: text(search.queueCode),
    agentId: id(search.agentId),
    phone: text(search.phone),
    from: day(search.from),
    to: day(search.to),
    short: flag(search.short),
    attached: flag(search.attached),
    waitedAtMost: seconds(search.waitedAtMost),
    waitedMore: seconds(search.waitedMore),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The list behind a figure, as a report names it, as an address of the log. */
export function searchOfList(list: string): CallSearch {
  return readCallSearch(Object.fromEntries(new URLSearchParams(list.replace(/^.*\?/, ''))));
}

export const filterOf = (search: CallSearch): CallFilter => search;

/** Which telephone system is watched while somebody rings for a test. */
export const readWatched = (search: Record<string, unknown>): { events?: string } =>
  typeof search.events === 'string' ? { events: search.events } : {};

/** What the address says of the figures. */
export interface CallReportSearch {
  hub?: string;
  from?: string;
  to?: string;
}

export function readCallReportSearch(search: Record<string, unknown>): CallReportSearch {
  const found: CallReportSearch = { hub: text(search.hub), from: day(search.from), to: day(search.to) };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
