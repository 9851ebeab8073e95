import { timesOf, type RelaxationTimes } from '@app/domain/work/relaxation';

/** What is said of the steps of waiting: by the programme, and by the queue `q` of a statement. */
export const SAID_TIMES = `(select s.value from setting s where s.key = 'relaxation') as "programmeTimes", q.settings -> 'relaxation' as "queueTimes"`;

export interface SaidTimes {
  programmeTimes: Partial<RelaxationTimes> | null;
  queueTimes: Partial<RelaxationTimes> | null;
}

/** The row without what was said, and with what holds. */
export function withTimes<Row extends SaidTimes>({ programmeTimes, queueTimes, ...row }: Row) {
  return { ...row, times: timesOf(programmeTimes, queueTimes) };
}
