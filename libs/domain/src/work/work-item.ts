import { Refusal } from '../refusal';

export const WORK_KINDS = ['call', 'callback', 'chat', 'portal_message', 'email', 'ticket_task', 'voicemail'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Waiting and in somebody's hands; the rest are final. */
export const OPEN_ITEM_STATES = ['new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up'] as const;
export const FINAL_ITEM_STATES = [
  'completed',
  'abandoned',
  'cancelled',
  'overflowed',
  'called_back',
  'expired',
] as const;
export const ITEM_STATES = [...OPEN_ITEM_STATES, ...FINAL_ITEM_STATES] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export type ItemOutcome = (typeof FINAL_ITEM_STATES)[number];

export const OFFER_STATES = ['pending', 'accepted', 'rejected', 'timed_out', 'rescinded'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** Why an offer was taken back: the agent left, was lost, somebody else took the item, it went elsewhere, a call came. */
export const RESCIND_REASONS = ['presence', 'disconnected', 'taken', 'moved', 'interrupted'] as const;
export type RescindReason = (typeof RESCIND_REASONS)[number];

const LEAVES = ['abandoned', 'cancelled', 'overflowed', 'called_back', 'expired'] as const;
const MOVES: Record<ItemState, readonly ItemState[]> = {
  new: ['queued', 'cancelled'],
  queued: ['offered', ...LEAVES],
  offered: ['queued', 'accepted', ...LEAVES],
  accepted: ['active', 'queued', 'abandoned', 'cancelled'],
  active: ['held', 'wrap_up', 'queued', 'cancelled'],
  held: ['active', 'wrap_up', 'queued', 'cancelled'],
  wrap_up: ['completed'],
  completed: [],
  abandoned: [],
  cancelled: [],
  overflowed: [],
  called_back: [],
  expired: [],
};

/** States before a move to `to`: what a conditional update may find. */
export function itemStatesBefore(to: ItemState): ItemState[] {
  return ITEM_STATES.filter((state) => MOVES[state].includes(to));
}

/** @throws Refusal `status_not_allowed` when the work item cannot go from one state to the other. */
export function checkItemMove(from: ItemState, to: ItemState): void {
  if (!MOVES[from].includes(to)) {
    throw new Refusal('status_not_allowed', `Work that is ${from} cannot become ${to}.`);
  }
}

/** Whether nothing can happen to the item any more. */
export function isFinalItem(state: ItemState): boolean {
  return MOVES[state].length === 0;
}

/** An offer is decided once: pending to one of the others, which never change. */
export function isFinalOffer(state: OfferState): boolean {
  return state !== 'pending';
}
