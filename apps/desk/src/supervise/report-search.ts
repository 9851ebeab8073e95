import type { components } from '@app/contract/openapi';
import {
  AGENT_GROUPS,
  isInterval,
  MOST_AGENT_DAYS,
  MOST_DAYS_OF,
  REPORT_GROUPS,
  type AgentGroup,
  type ReportGroup,
} from '@app/domain/report-groups';
import { localTime } from '@app/ui/dates';

export type Report = components['schemas']['TicketReportView'];
export type Figure = components['schemas']['FigureView'];
export type Metric = Figure['metric'];

export const SPANS = [7, 30, 90, 365] as const;

/** What the address says of a report. */
export interface ReportSearch {
  /** Time of people instead of tickets. */
  of?: 'agents';
  from?: string;
  to?: string;
  by?: ReportGroup;
  hub?: string;
  /** Elapsed time instead of opening hours. */
  time?: 'calendar';
  show?: 'table';
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown): string | undefined => (DAY.test(text(value) ?? '') ? text(value) : undefined);

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const found: ReportSearch = {
    of: search.of === 'agents' ? 'agents' : undefined,
    from: day(search.from),
    to: day(search.to),
    by: REPORT_GROUPS.find((one) => one === search.by),
    hub: text(search.hub),
    time: search.time === 'calendar' ? 'calendar' : undefined,
    show: search.show === 'table' ? 'table' : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The local day so many days before today, `YYYY-MM-DD`. */
export function dayBefore(days: number, now: number = Date.now()): string {
  const { year, month, day: date } = localTime(new Date(now).toISOString());
  return new Date(Date.UTC(year, month - 1, date) - days * DAY_MS).toISOString().slice(0, 10);
}

/** The period asked for; the last thirty days without one. */
export function periodOf({ from, to }: ReportSearch): { from: string; to: string } {
  return { from: from ?? dayBefore(29), to: to ?? dayBefore(0) };
}

/** How people's time is grouped: one row for each of them unless another group is asked for that fits. */
export function agentGroupOf({ by }: ReportSearch): AgentGroup {
  return AGENT_GROUPS.find((one) => one === by) ?? 'agent';
}

/** With another kind of report the period ends where it did, and is as long as that kind allows. */
export function reportedOf(of: ReportSearch['of'], search: ReportSearch): ReportSearch {
  const { from, to } = periodOf(search);
  const first = new Date(Date.parse(to) - (MOST_AGENT_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  return { of, by: undefined, show: undefined, ...(of && first > from ? { from: first, to } : {}) };
}

/** With another grouping the period ends where it did, and is as long as that grouping allows. */
export function groupedBy(by: ReportGroup, search: ReportSearch): ReportSearch {
  const { from, to } = periodOf(search);
  const most = isInterval(by) && MOST_DAYS_OF[by];
  const first = most && new Date(Date.parse(to) - (most - 1) * DAY_MS).toISOString().slice(0, 10);
  return first && first > from ? { by, from: first, to } : { by };
}
