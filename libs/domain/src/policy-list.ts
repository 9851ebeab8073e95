import type { FieldProblem } from './refusal';
import { type Condition, type PolicyDefinition, type Priority, PRIORITIES, type Target, targetFor } from './sla-policy';

/** What conditions may name; a field that is not listed takes any text. */
export type KnownValues = Partial<Record<Condition['field'], ReadonlySet<string | boolean>>>;

const prefixOf = (value: string | boolean): string => String(value).split('.')[0];

/** Two lists of values that one ticket may satisfy at once. A ticket has several tags and one of everything else. */
function meet(a: Condition, b: Condition): boolean {
  if (a.field === b.field) return a.field === 'tag' || a.values.some((value) => b.values.includes(value));
  if (a.field === 'category' && b.field === 'category_prefix')
    return a.values.some((v) => b.values.includes(prefixOf(v)));
  return a.field === 'category_prefix' && b.field === 'category' ? meet(b, a) : true;
}

/** Whether whoever satisfies `inner` satisfies `outer`. */
function within(inner: Condition, outer: Condition): boolean {
  if (inner.field === outer.field) return inner.values.every((value) => outer.values.includes(value));
  if (inner.field !== 'category' || outer.field !== 'category_prefix') return false;
  return inner.values.every((value) => outer.values.includes(prefixOf(value)));
}

const compatible = (a: readonly Condition[], b: readonly Condition[]): boolean =>
  a.every((one) => b.every((other) => meet(one, other)));

/** Every ticket of `inner` is one of `outer`. */
const covered = (inner: readonly Condition[], outer: readonly Condition[]): boolean =>
  outer.every((one) => inner.some((other) => within(other, one)));

/**
 * Conditions that no ticket can satisfy: values that nobody knows, two that exclude each other, and a policy that an earlier one of its
 * list leaves nothing. `earlier`: those asked before it.
 */
export function conditionProblems(
  policy: PolicyDefinition,
  known: KnownValues,
  earlier: readonly PolicyDefinition[],
): FieldProblem[] {
  const { conditions } = policy;
  const unknown = conditions.flatMap(({ field, values }, i) =>
    values.flatMap((value, j) => {
      const allowed = field === 'needs_validation' ? new Set<string | boolean>([true, false]) : known[field];
      if (!allowed || allowed.has(value)) return [];
      return [problem(`/conditions/${i}/values/${j}`, 'unknown', 'This value is not known.')];
    }),
  );
  const contradictory = conditions.flatMap((one, i) =>
    conditions.slice(0, i).every((other) => meet(one, other))
      ? []
      : [problem(`/conditions/${i}`, 'never_matches', 'No question can satisfy this condition and the others.')],
  );
  if (unknown.length + contradictory.length > 0) return [...unknown, ...contradictory];
  return earlier.some((one) => covered(conditions, one.conditions))
    ? [problem('/conditions', 'never_matches', 'An earlier policy takes every question that this one describes.')]
    : [];
}

/**
 * The floors of a hub's policy: the national policies, at its position or after it, that could have taken one of its questions, up to the
 * first that takes them all. Empty when none could.
 */
export function floorsOf<P extends PolicyDefinition>(policy: PolicyDefinition, national: readonly P[]): P[] {
  const floors = [...national]
    .sort((a, b) => a.position - b.position)
    .filter((one) => one.position >= policy.position && compatible(policy.conditions, one.conditions));
  const last = floors.findIndex((one) => covered(policy.conditions, one.conditions));
  return last < 0 ? floors : floors.slice(0, last + 1);
}

/**
 * Where a hub's policy would promise less than one of its floors (`floorsOf`). Less is: no target where the floor has one, more minutes,
 * opening hours instead of elapsed time, or a clock that stands still where the floor's runs on. Elapsed minutes are never slower than as
 * many minutes of opening hours.
 */
export function floorProblems(policy: PolicyDefinition, national: readonly PolicyDefinition[]): FieldProblem[] {
  const found = new Map<string, FieldProblem>();
  const note = (one: FieldProblem): void => void (found.has(one.pointer) || found.set(one.pointer, one));
  for (const floor of floorsOf(policy, national)) {
    for (const priority of PRIORITIES.filter((one) => admits(policy, one) && admits(floor, one))) {
      for (const target of floor.targets.filter((one) => one.priority === priority))
        slower(policy, target).forEach(note);
    }
    longerPauses(policy, floor).forEach(note);
  }
  return [...found.values()];
}

function admits({ conditions }: PolicyDefinition, priority: Priority): boolean {
  return conditions.every((one) => one.field !== 'priority' || one.values.includes(priority));
}

function slower(policy: PolicyDefinition, floor: Target): FieldProblem[] {
  const own = targetFor(policy, floor.priority, floor.metric);
  const promised = `The programme promises ${floor.metric} (${floor.priority}) within ${floor.minutes} ${floor.time} minutes.`;
  if (!own) return [problem('/targets', 'slower_than_floor', promised)];
  const at = `/targets/${policy.targets.indexOf(own)}`;
  if (own.minutes > floor.minutes) return [problem(`${at}/minutes`, 'slower_than_floor', promised)];
  const slowerTime = floor.time === 'calendar' && own.time === 'business';
  return slowerTime ? [problem(`${at}/time`, 'slower_than_floor', promised)] : [];
}

function longerPauses({ pause }: PolicyDefinition, { pause: floor }: PolicyDefinition): FieldProblem[] {
  const found: FieldProblem[] = [];
  const more = (name: string): void => {
    found.push(problem(`/pause/${name}`, 'slower_than_floor', 'The clock of the programme runs on here.'));
  };
  const metrics = pause.pausedMetrics.filter((one) => !floor.pausedMetrics.includes(one));
  if (metrics.length > 0 && pause.statuses.length > 0) more('pausedMetrics');
  if (pause.pausedMetrics.length > 0 && pause.statuses.some((one) => !floor.statuses.includes(one))) more('statuses');
  if (floor.onHoldReasonsRequired && !pause.onHoldReasonsRequired && pause.statuses.includes('on_hold')) {
    more('onHoldReasonsRequired');
  }
  return found;
}

/** The programme's list ends with a policy that always holds, so that no question goes without a promise. */
export function listProblems(national: readonly PolicyDefinition[]): FieldProblem[] {
  const last = [...national].sort((a, b) => a.position - b.position).at(-1);
  if (last && last.conditions.length === 0) return [];
  return [problem('/conditions', 'last_must_hold', 'The last policy of the programme must hold without conditions.')];
}

function problem(pointer: string, code: string, detail: string): FieldProblem {
  return { pointer, code, detail };
}
