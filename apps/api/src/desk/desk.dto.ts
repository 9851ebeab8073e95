import { NamedView } from '@app/features/tickets/ticket-view.dto';

export class ReasonChoice extends NamedView {
  /** Whether the time to the resolution stands still meanwhile. */
  pausesClock: boolean;
}

export class ReasonsView {
  hold: ReasonChoice[];
  escalation: ReasonChoice[];
}
