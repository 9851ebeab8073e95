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

/** Nobody plans with more than ten years. */
export const MOST_DAYS = 3_660;

/** Stretches of time among the groups, each with how many days may be asked for at once. */
export const MOST_DAYS_OF = { half_hour: 7, hour: 14, day: 366, week: MOST_DAYS, month: MOST_DAYS } as const;
export type ReportInterval = keyof typeof MOST_DAYS_OF;

/** Whether rows of this group are stretches of time. */
export function isInterval(by: string): by is ReportInterval {
  return Object.hasOwn(MOST_DAYS_OF, by);
}
