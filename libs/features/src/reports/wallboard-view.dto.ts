import type { Activity, Presence } from '@app/domain/work/presence';
import { TicketSummary } from '../tickets/ticket-view.dto';

export class WallboardGroupView {
  /** Id of a queue or hub, or a language. */
  key: string;
  open: number;
  waiting: number;
  /** When the one that waits longest came; null when none waits. */
  longestWaitSince: Date | null;
  atRisk: number;
  late: number;
}

export class WallAgentView {
  accountId: string;
  name: string;
  presence: Presence;
  /** Code of the reason of absence. */
  reason: string | null;
  /** Since when this presence. */
  since: Date;
  activity: Activity;
  /** Since when this activity. */
  activitySince: Date;
  /** Points in use, of 100. */
  capacityUsed: number;
  /** Seen within 30 s. */
  fresh: boolean;
}

export class WallStateView {
  presence: Presence;
  agents: number;
}

/** Promises whose outcome became known today. */
export class KeptView {
  kept: number;
  late: number;
  /** From 0 to 1; null when none became known today. */
  share: number | null;
  target: number;
}

export class WallboardView {
  /** Null: all hubs. */
  hubId: string | null;
  open: number;
  waiting: number;
  /** When the ticket that waits longest came; null when none waits. */
  longestWaitSince: Date | null;
  atRisk: number;
  late: number;
  firstResponseToday: KeptView;
  resolutionToday: KeptView;
  /** Absent when several hubs are summed up. */
  byQueue?: WallboardGroupView[];
  byLanguage: WallboardGroupView[];
  /** Only when several hubs are summed up. */
  byHub?: WallboardGroupView[];
  /** Those who are not offline. */
  byPresence: WallStateView[];
  /** The same, one by one; absent for who sees no people of the hub. */
  agents?: WallAgentView[];
  /** The ten tickets that will be late first; absent for who sees no tickets. */
  nextToBreach?: TicketSummary[];
  asOf: Date;
}
