import { CAPACITY, pointsUsed, type Load } from '@app/domain/work/capacity';
import { activityOf, type Activity, type ChosenPresence, isFresh, type Presence } from '@app/domain/work/presence';
import type { AgentRow } from './work-rows';

export class PresenceView {
  presence: Presence;
  /** Since when. */
  since: Date;
  /** Chosen while working; takes effect when the last work is finished. */
  pendingPresence: ChosenPresence | null;
  /** What the agent does now. */
  activity: Activity;
  /** Points in use, of 100. */
  capacityUsed: number;
  /** Whether offers may come: available, nothing pending, seen within 30 s, points left. */
  receivesOffers: boolean;
  /** By the clock of the server. */
  asOf: Date;
}

export class PresenceReasonView {
  id: string;
  /** Null: for all hubs. */
  hubId: string | null;
  code: string;
  nameFr: string;
  nameAr: string;
  /** Counts as work, for adherence. */
  productive: boolean;
  /** Whether it can be chosen. */
  active: boolean;
  version: number;
}

export function presenceView(agent: AgentRow, load: readonly Load[], now: Date): PresenceView {
  const { presence, since, pendingPresence, heartbeatAt } = agent;
  const capacityUsed = pointsUsed(load);
  return {
    presence,
    since,
    pendingPresence,
    activity: activityOf(load),
    capacityUsed,
    receivesOffers:
      presence === 'available' && pendingPresence === null && isFresh(heartbeatAt, now) && capacityUsed < CAPACITY,
    asOf: now,
  };
}
