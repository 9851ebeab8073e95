import type { HoursFrom, StepKind } from '@app/domain/simulation';
import type { Metric, Priority, TimeKind } from '@app/domain/sla-policy';
import type { OwnerHubView } from './sla-view.dto';

export class SimulationStepView {
  kind: StepKind;
  from: Date;
  fromLocal: string;
  to: Date | null;
  toLocal: string | null;
  /** Minutes that count in this step; left, while a clock stands still. */
  minutes: number;
  /** Minutes so far. */
  totalMinutes: number;
  hoursFrom: HoursFrom | null;
  nameFr: string | null;
  nameAr: string | null;
  /** The date may still move. */
  provisional: boolean;
  textFr: string;
  textAr: string;
}

export class SimulatedClockView {
  metric: Metric;
  cycle: number;
  targetMinutes: number;
  time: TimeKind;
  startedAt: Date;
  startedLocal: string;
  /** Null while it stands still. */
  dueAt: Date | null;
  dueLocal: string | null;
  /** Of a ticket: what its clock says. */
  storedDueAt: Date | null;
  steps: SimulationStepView[];
}

export class AppliedPolicyView {
  code: string;
  nameFr: string;
  nameAr: string;
  /** Null for a draft. */
  versionId: string | null;
}

export class AppliedCalendarView {
  versionId: string | null;
}

export class SimulationView {
  hub: OwnerHubView;
  priority: Priority;
  /** The policy that applies: the one given, else the first whose conditions hold. */
  policy: AppliedPolicyView;
  calendar: AppliedCalendarView;
  clocks: SimulatedClockView[];
}
