import type { WaitingItem, WorkAgent } from '@app/domain/work/candidates';
import type { Presence } from '@app/domain/work/presence';
import type { ItemState, OfferState } from '@app/domain/work/work-item';

export interface ModelItem extends WaitingItem {
  state: ItemState;
  accountId: string | null;
  interruptedBy: string | null;
  wrapUpUntil: Date | null;
  path: { state: ItemState; at: Date }[];
}
export interface ModelOffer {
  id: string;
  itemId: string;
  accountId: string;
  state: OfferState;
  expiresAt: Date;
  ended: boolean;
}
export interface ModelAgent extends Omit<WorkAgent, 'load' | 'presence'> {
  presence: Presence;
  since: Date;
  log: { presence: Presence; from: Date; to: Date | null }[];
}
