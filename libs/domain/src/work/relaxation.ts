import { type FieldProblem, Refusal } from '../refusal';

/** What waiting opens up: a lower level, a neighbouring hub, the promise of a call, everything that has no floor. */
export const RELAXATIONS = ['best_fit', 'lower_level', 'neighbour', 'callback', 'max_wait'] as const;
export type Relaxation = (typeof RELAXATIONS)[number];

/** Steps that a programme, or a queue, sets a time for. */
export const SET_STEPS = ['lower_level', 'neighbour', 'callback'] as const satisfies Relaxation[];
export type SetStep = (typeof SET_STEPS)[number];

/** After which part of the longest wait each step opens, in percent; null: never. The first holds at once, the last after all of it. */
export type RelaxationTimes = Record<SetStep, number | null>;

/** Until somebody sets something else: 45, 90 and 180 s for a telephone queue of ten minutes. */
export const USUAL_TIMES: RelaxationTimes = { lower_level: 7.5, neighbour: 15, callback: 30 };

/** What holds in a queue: what it says itself, else what the programme says, else the usual. */
export function timesOf(
  programme: Partial<RelaxationTimes> | null | undefined,
  queue: Partial<RelaxationTimes> | null | undefined,
): RelaxationTimes {
  const of = (step: SetStep): number | null => {
    const said = [queue?.[step], programme?.[step]].find((one) => one !== undefined);
    return said === undefined ? USUAL_TIMES[step] : said;
  };
  return { lower_level: of('lower_level'), neighbour: of('neighbour'), callback: of('callback') };
}

/** The step that waiting has reached. A clock that stepped back gives the first; a step that never opens is passed over. */
export function stepReached(waitedMs: number, maxWaitSeconds: number, times: RelaxationTimes): Relaxation {
  const percent = (waitedMs / (maxWaitSeconds * 1_000)) * 100;
  if (percent >= 100) return 'max_wait';
  const open = SET_STEPS.filter((step) => times[step] !== null && percent >= times[step]);
  return open.at(-1) ?? 'best_fit';
}

/** Whether a step is open: it or a later one was reached, and it is one that opens at all. */
export function opens(step: SetStep, reached: Relaxation, times: RelaxationTimes): boolean {
  return times[step] !== null && RELAXATIONS.indexOf(reached) >= RELAXATIONS.indexOf(step);
}

/**
 * Checks the times of some steps together with those that hold beside them.
 * @throws Refusal `validation_failed` pointing at a share that is none, or at a step that would open before the one before it
 */
export function checkTimes(given: Partial<RelaxationTimes>, holding: RelaxationTimes): void {
  const problems: FieldProblem[] = [];
  let before = 0;
  for (const step of SET_STEPS) {
    const at = holding[step];
    const pointer = `/relaxation/${given[step] === undefined ? '' : step}`.replace(/\/$/, '');
    if (at === null) continue;
    if (!(at >= 0 && at <= 100))
      problems.push({ pointer, code: 'out_of_range', detail: 'A share from 0 to 100 is expected.' });
    else if (at < before)
      problems.push({ pointer, code: 'out_of_order', detail: 'A step cannot open before the one before it.' });
    before = Math.max(before, at);
  }
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
}
