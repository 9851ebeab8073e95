import { KINDS, STATUSES, type Kind, type Status } from '@app/domain/ticket';
import { LANGUAGES, type Language } from '@app/domain/language';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';

export const SORTS = ['due', 'updated', 'opened'] as const;
export type Sort = (typeof SORTS)[number];

/** What the address says about a list: filters, order, and the ticket that is open beside it. */
export interface InboxSearch {
  ticket?: string;
  sort?: Sort;
  language?: Language;
  kind?: Kind;
  priority?: Priority;
  status?: Status;
  /** Id of a queue of the own hub. */
  queueId?: string;
  q?: string;
}

const MOST_WORDS = 200;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

/** Whatever stands in the address: what is not known is left out. */
export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value.slice(0, MOST_WORDS) : undefined);
  const found: InboxSearch = {
    ticket: text(search.ticket),
    sort: oneOf(SORTS, search.sort),
    language: oneOf(LANGUAGES, search.language),
    kind: oneOf(KINDS, search.kind),
    priority: oneOf(PRIORITIES, search.priority),
    status: oneOf(STATUSES, search.status),
    queueId: typeof search.queueId === 'string' && ID.test(search.queueId) ? search.queueId : undefined,
    q: text(search.q),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
