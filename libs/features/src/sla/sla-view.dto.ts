import type { CalendarDefinition } from '@app/domain/calendar';
import type { Metric, PolicyDefinition, TimeKind } from '@app/domain/sla-policy';
import type { ChangeReason } from './planned-change';

/** An instant in UTC and in local time with its offset; null while a clock stands still. */
export class InstantView {
  at: Date | null;
  local: string | null;
}

export class OwnerHubView {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
}

export class PolicyView {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  /** The hub that owns it; null: the programme, for all hubs. */
  hub: OwnerHubView | null;
  /** Policies are asked in this order; the first whose conditions hold applies. */
  position: number;
  active: boolean;
  version: number;
  versionId: string;
  publishedAt: Date;
  publishedLocal: string;
  publishedByName: string | null;
  /** Whether you may publish it. */
  yours: boolean;
  definition: PolicyDefinition;
}

export class PolicyListView {
  items: PolicyView[];
}

export class VersionView {
  id: string;
  version: number;
  publishedAt: Date;
  publishedLocal: string;
  publishedBy: string | null;
  /** Null for what was delivered with the program. */
  publishedByName: string | null;
}

export class PolicyDetailsView extends PolicyView {
  /** The last ones, newest first. */
  versions: VersionView[];
}

export class PolicyVersionView {
  id: string;
  version: number;
  publishedAt: Date;
  publishedLocal: string;
  definition: PolicyDefinition;
}

export class CalendarView {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  hub: OwnerHubView | null;
  version: number;
  versionId: string;
  publishedAt: Date;
  publishedLocal: string;
  yours: boolean;
  /** The hubs that work by it. */
  usedBy: OwnerHubView[];
}

export class CalendarListView {
  items: CalendarView[];
}

export class CalendarDetailsView extends CalendarView {
  definition: CalendarDefinition;
  /** The last ones, newest first. */
  versions: VersionView[];
}

export class CalendarVersionView {
  id: string;
  version: number;
  publishedAt: Date;
  publishedLocal: string;
  definition: CalendarDefinition;
}

export class PromisedView extends InstantView {
  targetMinutes: number;
  time: TimeKind;
}

export class MovedTicketView {
  id: string;
  reference: string;
  metric: Metric;
  before: PromisedView;
  after: PromisedView;
  /** What would be promised has passed already. */
  late: boolean;
}

export class HubImpactView {
  hub: OwnerHubView;
  moved: number;
  late: number;
}

/** What publishing would do now. */
export class ImpactView {
  at: Date;
  /** Clocks that run or stand still, in the tickets that the change may touch. */
  openClocks: number;
  movedClocks: number;
  movedTickets: number;
  becomeLate: number;
  becomeEarlier: number;
  byHub: HubImpactView[];
  /** Those of your hub, the worst first. */
  tickets: MovedTicketView[];
  leftOut: number;
}

export class PolicyImpactView extends ImpactView {
  /** Policies of hubs that would promise less than the programme's new floor: they end with it. */
  endsHubPolicies: PolicyNameView[];
}

export class PolicyNameView {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  hub: OwnerHubView | null;
}

export class CalendarImpactView extends ImpactView {
  /** What would be published. */
  definition: CalendarDefinition;
}

export class ImportImpactView extends CalendarImpactView {
  /** Days that the calendar did not have. */
  added: number;
  /** Days that it had under another name or as provisional. */
  changed: number;
}

/** How far a published change has come. */
export class ChangeView {
  id: string;
  why: ChangeReason;
  whyFr: string;
  whyAr: string;
  state: 'running' | 'done';
  publishedAt: Date;
  publishedLocal: string;
  clocksMoved: number;
  clocksLate: number;
  ticketsMoved: number;
  doneAt: Date | null;
}

export class PublishedPolicyView {
  policy: PolicyView;
  change: ChangeView;
}

export class PublishedCalendarView {
  calendar: CalendarDetailsView;
  change: ChangeView;
}
