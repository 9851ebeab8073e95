/** What a row of a report of tickets may stand for. */
export const REPORT_GROUPS = [
  'half_hour',
  'hour',
  'day',
  'week',
  'month',
  'hub',
  'region',
  'channel',
  'language',
  'category',
  'queue',
  'agent',
] as const;
export type ReportGroup = (typeof REPORT_GROUPS)[number];

/** What a row of a report of people's time may stand for. */
export const AGENT_GROUPS = ['agent', 'half_hour', 'hour', 'day', 'week', 'month'] as const satisfies ReportGroup[];
export type AgentGroup = (typeof AGENT_GROUPS)[number];
/** Read from what people did, minute by minute, whatever the group. */
export const MOST_AGENT_DAYS = 92;

/** Nobody plans with more than ten years. */
export const MOST_DAYS = 3_660;

/** Stretches of time among the groups, each with how many days may be asked for at once. */
export const MOST_DAYS_OF = { half_hour: 7, hour: 14, day: 366, week: MOST_DAYS, month: MOST_DAYS } as const;
export type ReportInterval = keyof typeof MOST_DAYS_OF;

/** Whether rows of this group are stretches of time. */
export function isInterval(by: string): by is ReportInterval {
  return Object.hasOwn(MOST_DAYS_OF, by);
}
