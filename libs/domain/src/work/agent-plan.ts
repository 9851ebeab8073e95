import { minuteOfDay } from '../calendar';
import { FieldReader } from '../field-reader';
import { type FieldProblem, Refusal } from '../refusal';
import { HUB_ZONE, localSpans } from '../zone';

/** What a plan asks of somebody: to work, or to rest. */
export const PLANNED = ['work', 'break'] as const;
export type Planned = (typeof PLANNED)[number];

/** Why a day has another plan than before: the roster itself, or an exception that was agreed to. */
export const PLAN_WHYS = ['roster', 'leave', 'illness', 'training', 'swap', 'field', 'correction'] as const;
export type PlanWhy = (typeof PLAN_WHYS)[number];

/** A stretch of one local day, `HH:MM`; `24:00` is its end. */
export interface PlanSpan {
  from: string;
  to: string;
  what: Planned;
}

const MOST_SPANS = 20;

/**
 * Reads the plan of one day from unchecked input, in order. No span: the day is free.
 * @throws Refusal `validation_failed` with a pointer to each time that is none, ends before it starts, is empty or overlaps
 */
export function readPlan(value: unknown): PlanSpan[] {
  const problems: FieldProblem[] = [];
  const readers = new FieldReader({ spans: value }, '', problems).each('spans');
  if (readers.length > MOST_SPANS) {
    problems.push({ pointer: '/spans', code: 'too_long', detail: `At most ${MOST_SPANS} spans are expected.` });
  }
  const read = readers.slice(0, MOST_SPANS).map((reader) => readSpan(reader));
  const sorted = [...read].sort((a, b) => a.start - b.start);
  sorted.forEach((one, i) => {
    if (i > 0 && one.start < sorted[i - 1].end) one.reader.problem('from', 'overlap', 'The span overlaps another.');
  });
  if (problems.length > 0) throw new Refusal('validation_failed', 'The plan is not valid.', problems);
  return sorted.map((one) => one.span);
}

function readSpan(reader: FieldReader) {
  const [from, to] = [reader.text('from'), reader.text('to')];
  const [start, end] = [minuteOfDay(from), minuteOfDay(to)];
  if (Number.isNaN(start)) reader.problem('from', 'invalid_time', 'A time HH:MM is expected.');
  if (Number.isNaN(end)) reader.problem('to', 'invalid_time', 'A time HH:MM is expected.');
  if (start === end) reader.problem('to', 'empty', 'The span is empty.');
  if (start > end) reader.problem('to', 'inverted', 'The span ends before it starts.');
  return { reader, start, end, span: { from, to, what: reader.oneOf('what', PLANNED) } };
}

/** The instants of a day's plan; a local hour that is skipped is not planned, one that comes twice is planned twice. */
export function planInstants(date: string, spans: readonly PlanSpan[]): { from: Date; to: Date; what: Planned }[] {
  return spans.flatMap(({ from, to, what }) =>
    localSpans(date, minuteOfDay(from), minuteOfDay(to), HUB_ZONE).map(([start, end]) => ({
      from: new Date(start),
      to: new Date(end),
      what,
    })),
  );
}
