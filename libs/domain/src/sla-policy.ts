import { FieldReader } from './field-reader';
import { type FieldProblem, Refusal } from './refusal';
import { STATUSES, type Status } from './ticket';

export const METRICS = ['first_response', 'next_response', 'resolution', 'holding'] as const;
export type Metric = (typeof METRICS)[number];

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Minutes of the calendar, or elapsed minutes. */
export const TIME_KINDS = ['business', 'calendar'] as const;
export type TimeKind = (typeof TIME_KINDS)[number];

export const CONDITION_FIELDS = [
  'category',
  'category_prefix',
  'kind',
  'channel',
  'priority',
  'confidentiality',
  'needs_validation',
  'association_type',
  'hub',
  'language',
  'tag',
] as const;
export type ConditionField = (typeof CONDITION_FIELDS)[number];

export const WARNING_STATES = ['soon', 'urgent'] as const;
export type WarningState = (typeof WARNING_STATES)[number];

export const LADDER_MOMENTS = ['share', 'after_breach'] as const;
export const LADDER_UNITS = ['percent', 'minutes'] as const;
export const LADDER_ACTIONS = ['notify', 'raise_priority', 'reassign', 'climb'] as const;
export const LADDER_RECIPIENTS = ['assignee', 'queue', 'supervisor', 'national', 'one_level'] as const;
export const LADDER_MEANS = ['in_app', 'sms', 'email'] as const;

export interface Condition {
  field: ConditionField;
  op: 'in';
  values: (string | boolean)[];
}

export interface Target {
  priority: Priority;
  metric: Metric;
  minutes: number;
  time: TimeKind;
}

export interface PauseRule {
  statuses: Status[];
  onHoldReasonsRequired: boolean;
  pausedMetrics: Metric[];
}

/** Fires when either is left of the target: this share, or these minutes. */
export interface Warning {
  state: WarningState;
  percentLeft: number | null;
  minutesLeft: number | null;
}

/** `share`: at `value` percent of the target; `after_breach`: `value` minutes after it. */
export interface LadderStep {
  step: number;
  metric: Metric;
  when: (typeof LADDER_MOMENTS)[number];
  value: number;
  unit: (typeof LADDER_UNITS)[number];
  time: TimeKind;
  action: (typeof LADDER_ACTIONS)[number];
  to: (typeof LADDER_RECIPIENTS)[number];
  means: (typeof LADDER_MEANS)[number][];
  fr: string;
  ar: string;
}

export interface PolicyDefinition {
  key: string;
  nameFr: string;
  nameAr: string;
  position: number;
  conditions: Condition[];
  targets: Target[];
  pause: PauseRule;
  warnings: Warning[];
  ladder: LadderStep[];
}

/** What is known of a ticket when its policy is chosen; null = not known, which matches no condition. */
export interface PolicyFacts {
  category: string | null;
  kind: string | null;
  channel: string | null;
  priority: Priority;
  confidentiality: string | null;
  needsValidation: boolean;
  associationType: string | null;
  hub: string | null;
  language: string | null;
  tags: string[];
}

const READERS: Record<ConditionField, (facts: PolicyFacts) => (string | boolean | null)[]> = {
  category: (facts) => [facts.category],
  category_prefix: (facts) => [facts.category?.split('.')[0] ?? null],
  kind: (facts) => [facts.kind],
  channel: (facts) => [facts.channel],
  priority: (facts) => [facts.priority],
  confidentiality: (facts) => [facts.confidentiality],
  needs_validation: (facts) => [facts.needsValidation],
  association_type: (facts) => [facts.associationType],
  hub: (facts) => [facts.hub],
  language: (facts) => [facts.language],
  tag: (facts) => facts.tags,
};

/**
 * The first policy, by position, whose conditions all hold; null when none does. A policy without conditions always
 * holds. `category_prefix` is the part of the category before the dot; `tag` holds when any tag is listed.
 */
export function firstMatch<P extends PolicyDefinition>(policies: readonly P[], facts: PolicyFacts): P | null {
  const holds = ({ field, values }: Condition) =>
    READERS[field](facts).some((fact) => fact !== null && values.includes(fact));
  const ordered = [...policies].sort((a, b) => a.position - b.position);
  return ordered.find((policy) => policy.conditions.every(holds)) ?? null;
}

/** The target of a policy for this priority and metric; null when it promises nothing there. */
export function targetFor(policy: PolicyDefinition, priority: Priority, metric: Metric): Target | null {
  return policy.targets.find((target) => target.priority === priority && target.metric === metric) ?? null;
}

const MAX_POSITION = 10_000_000;
/** Five years, the furthest a due time may lie ahead. */
const MAX_MINUTES = 5 * 365 * 24 * 60;

/**
 * Reads a policy from unchecked input; foreign keys are dropped. Refuses, with all problems and their JSON pointers:
 * no targets, two targets for the same priority and metric, an unknown field, metric, priority or other listed value,
 * minutes that are not a positive whole number (or above five years), a warning without a threshold.
 */
export function checkPolicy(input: unknown): PolicyDefinition {
  const problems: FieldProblem[] = [];
  const root = new FieldReader(input, '', problems);
  const policy: PolicyDefinition = {
    key: root.text('key'),
    nameFr: root.text('nameFr'),
    nameAr: root.text('nameAr'),
    position: root.whole('position', 1, MAX_POSITION),
    conditions: root.each('conditions').map(readCondition),
    targets: root.each('targets').map(readTarget),
    pause: readPause(root.inner('pause')),
    warnings: root.each('warnings').map(readWarning),
    ladder: root.each('ladder').map(readStep),
  };
  if (policy.targets.length === 0) root.problem('targets', 'required', 'A policy needs at least one target.');
  policy.targets.forEach(({ priority, metric }, i) => {
    const first = policy.targets.findIndex((one) => one.priority === priority && one.metric === metric);
    if (first < i) root.problem(`targets/${i}`, 'duplicate', 'Another target has this priority and metric.');
  });
  if (problems.length > 0) throw new Refusal('validation_failed', 'The policy is not valid.', problems);
  return policy;
}

function readCondition(source: FieldReader): Condition {
  const given = source.list('values');
  const values = given.filter((one) => typeof one === 'string' || typeof one === 'boolean');
  if (values.length === 0 || values.length < given.length) {
    source.problem('values', 'invalid_values', 'A list of texts, or of true and false, is expected.');
  }
  source.oneOf('op', ['in']);
  return { field: source.oneOf('field', CONDITION_FIELDS), op: 'in', values };
}

function readTarget(source: FieldReader): Target {
  return {
    priority: source.oneOf('priority', PRIORITIES),
    metric: source.oneOf('metric', METRICS),
    minutes: source.whole('minutes', 1, MAX_MINUTES),
    time: source.oneOf('time', TIME_KINDS),
  };
}

function readPause(source: FieldReader): PauseRule {
  return {
    statuses: source.manyOf('statuses', STATUSES),
    onHoldReasonsRequired: source.flag('onHoldReasonsRequired'),
    pausedMetrics: source.manyOf('pausedMetrics', METRICS),
  };
}

function readWarning(source: FieldReader): Warning {
  const percentLeft = source.raw('percentLeft') === null ? null : source.whole('percentLeft', 1, 100);
  const minutesLeft = source.raw('minutesLeft') === null ? null : source.whole('minutesLeft', 1, MAX_MINUTES);
  if (percentLeft === null && minutesLeft === null) {
    source.problem('percentLeft', 'required', 'A warning needs a share or minutes.');
  }
  return { state: source.oneOf('state', WARNING_STATES), percentLeft, minutesLeft };
}

function readStep(source: FieldReader): LadderStep {
  return {
    step: source.whole('step', 1),
    metric: source.oneOf('metric', METRICS),
    when: source.oneOf('when', LADDER_MOMENTS),
    value: source.whole('value', 0, MAX_MINUTES),
    unit: source.oneOf('unit', LADDER_UNITS),
    time: source.oneOf('time', TIME_KINDS),
    action: source.oneOf('action', LADDER_ACTIONS),
    to: source.oneOf('to', LADDER_RECIPIENTS),
    means: source.manyOf('means', LADDER_MEANS),
    fr: source.text('fr'),
    ar: source.text('ar'),
  };
}
