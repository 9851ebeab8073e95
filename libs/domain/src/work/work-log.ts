import type { Presence } from './presence';
import { isFinalItem, type ItemState } from './work-item';

/** What the log says of offered work: equal to the tables when nothing is under way. */
export interface WorkPicture {
  items: Map<string, { state: ItemState; accountId: string | null }>;
  /** Final state of each decided offer; pending ones stand as null. */
  offers: Map<string, 'accepted' | 'rejected' | 'timed_out' | 'rescinded' | null>;
  presence: Map<string, Presence>;
  /** Ended items by outcome. */
  outcomes: Map<string, number>;
}

export interface WorkEvent {
  type: string;
  data: Record<string, unknown>;
}

export const emptyPicture = (): WorkPicture => ({
  items: new Map(),
  offers: new Map(),
  presence: new Map(),
  outcomes: new Map(),
});

type Fold = (picture: WorkPicture, data: Record<string, string>) => void;

const FOLD: Record<string, Fold | undefined> = {
  'work.queued': ({ items }, { itemId }) => items.set(itemId, { state: 'queued', accountId: null }),
  'work.moved': ({ items }, { itemId, accountId, to }) => items.set(itemId, { state: to as ItemState, accountId }),
  'work.ended': (picture, { itemId, accountId, outcome }) => {
    // Whoever ended it once ended it: an outcome is counted with the first.
    const before = picture.items.get(itemId);
    if (before && isFinalItem(before.state)) return;
    picture.items.set(itemId, { state: outcome as ItemState, accountId: accountId ?? null });
    picture.outcomes.set(outcome, (picture.outcomes.get(outcome) ?? 0) + 1);
  },
  'offer.made': ({ items, offers }, { itemId, offerId }) => {
    items.set(itemId, { state: 'offered', accountId: null });
    offers.set(offerId, null);
  },
  'offer.accepted': ({ items, offers }, { itemId, offerId, accountId, to }) => {
    items.set(itemId, { state: to as ItemState, accountId });
    offers.set(offerId, 'accepted');
  },
  'offer.declined': (picture, data) => back(picture, data, 'rejected'),
  'offer.timed-out': (picture, data) => back(picture, data, 'timed_out'),
  'offer.rescinded': (picture, data) => back(picture, data, 'rescinded'),
  'presence.changed': ({ presence }, { accountId, to }) => presence.set(accountId, to as Presence),
};

function back(
  { items, offers }: WorkPicture,
  { itemId, offerId }: Record<string, string>,
  state: 'rejected' | 'timed_out' | 'rescinded',
): void {
  items.set(itemId, { state: 'queued', accountId: null });
  offers.set(offerId, state);
}

/** Adds one event of the log, in the order of the log; what is not about work changes nothing. */
export function applyWorkEvent(picture: WorkPicture, { type, data }: WorkEvent): void {
  FOLD[type]?.(picture, data as Record<string, string>);
}
