import type { ReactNode, RefObject } from 'react';
import type { Ticket } from '../data/queries';
import type { DraftKeeper, DraftState } from './draft-keeper';

export interface ComposerFootProps {
  ticket: Ticket;
  keeper: DraftKeeper;
  draft: DraftState;
  language: 'fr' | 'ar';
  seenMessageId: string | null;
  languageMenu: ReactNode;
  box: RefObject<HTMLTextAreaElement | null>;
  /** A newer message came in: how to send all the same, or null once it has left. */
  onStale: (again: (() => void) | null) => void;
}
