import type { ServiceFormula } from '@app/domain/calls/call-metrics';
import type { StaffingWarning } from '@app/domain/staffing';

export class FigureWords {
  fr: string;
  ar: string;
}

export const CALL_FIGURES = [
  'offered',
  'answered',
  'abandoned',
  'missed_calls',
  'closed',
  'lost',
  'asa',
  'aht',
  'abandonment',
  'abandonment_raw',
  'missed_offers',
  'occupancy',
  'utilisation',
  'callback_reached',
  'callback_kept',
  'longest_wait',
  'estimated_wait',
] as const;
export type CallFigureCode = (typeof CALL_FIGURES)[number];

export class CallFigure {
  code: CallFigureCode;
  name: FigureWords;
  /** How it is counted, in words. */
  formula: FigureWords;
  unit: 'count' | 'seconds' | 'share';
  /** Null without traffic. */
  value: number | null;
  part: number | null;
  whole: number | null;
  /** Median and ninetieth percentile of times, in seconds. */
  median: number | null;
  p90: number | null;
  /** Told by telephone systems, by the people who wrote the calls down, or both. */
  basis: 'measured' | 'declared' | 'mixed' | 'none';
  /** Fewer than twenty calls: the number stands beside the percentage. */
  few: boolean;
  /** Query of `GET /calls` that gives the list behind it; null where no list of calls stands behind. */
  list: string | null;
}

export class ServiceLevelView {
  formula: ServiceFormula;
  name: FigureWords;
  /** In counted parts. */
  definition: string;
  part: number;
  whole: number;
  value: number | null;
  /** The one that tiles show. */
  shown: boolean;
}

export class CallIntervalView {
  /** Beginning of the half-hour. */
  from: Date;
  offered: number;
  answered: number;
  abandoned: number;
  answeredWithin: number;
  calledBack: number;
  overflowed: number;
  voicemail: number;
  /** Beside what was offered: out of hours. */
  closed: number;
}

export class CallReportView {
  hubId: string;
  from: string;
  to: string;
  /** Seconds of the service level, and of the short abandonment. */
  thresholdSeconds: number;
  shortSeconds: number;
  calls: number;
  serviceLevels: ServiceLevelView[];
  figures: CallFigure[];
  intervals: CallIntervalView[];
}

export class CallIntervalLoad {
  weekday: number;
  /** Of the half-hour of the day, from 0. */
  interval: number;
  callsPerHour: number;
}

export class CallStaffingPatience {
  serviceLevel: number;
  abandoned: number;
}

export class CallStaffingOption {
  agents: number;
  roster: number;
  serviceLevel: number;
  occupancy: number;
  /** With callers who give up as those did; null when none has. */
  patient: CallStaffingPatience | null;
  warnings: StaffingWarning[];
}

/** Agents that the real calls of the hub would need in its busiest half-hours. */
export class CallStaffingView {
  hubId: string;
  from: string;
  to: string;
  calls: number;
  /** Seconds, from real calls; null when too few were handled. */
  handleSeconds: number | null;
  /** Mean seconds after which callers give up: all that was waited over those who did; null when nobody has. */
  patienceSeconds: number | null;
  basis: 'measured' | 'declared' | 'mixed' | 'none';
  busiest: CallIntervalLoad[];
  options: CallStaffingOption[];
  definition: FigureWords;
}
