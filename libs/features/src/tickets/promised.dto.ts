import type { Metric, TimeKind } from '@app/domain/sla-policy';
import { toLocalIso } from '@app/domain/zone';
import type { TicketDraft } from './ticket-draft';
import { NamedView } from './ticket-view.dto';

/** An answer promised before its ticket exists. */
export class PromisedInstant {
  dueAt: Date;
  /** With the offset of the hub's clocks. */
  dueLocal: string;
  /** Minutes in opening hours (`business`) or elapsed (`calendar`). */
  targetMinutes: number;
  time: TimeKind;
}

/** What writing down such a question would decide. */
export class TicketPromise {
  hub: NamedView;
  /** Another hub than the one that writes it down: the ticket leaves at once. */
  elsewhere: boolean;
  queue: NamedView;
  /** Why this hub and this queue. */
  routing: { fr: string; ar: string };
  firstResponse: PromisedInstant | null;
  resolution: PromisedInstant | null;
}

/** What a draft promises for one metric; null when its policy has no such target. */
export function promised({ clocks }: Pick<TicketDraft, 'clocks'>, metric: Metric): PromisedInstant | null {
  const clock = clocks.find((one) => one.metric === metric);
  if (!clock) return null;
  const { dueAt, targetMinutes, time } = clock;
  return { dueAt, dueLocal: toLocalIso(dueAt), targetMinutes, time };
}
