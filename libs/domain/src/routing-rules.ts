import { LANGUAGES } from './language';
import type { FieldProblem } from './refusal';
import { Refusal } from './refusal';
import type { RuleCondition } from './routing';
import { PRIORITIES } from './sla-policy';
import { CHANNELS, CONFIDENTIALITIES, KINDS, type Kind } from './ticket';

/** What rules may look at. */
export const RULE_FIELDS = [
  'work_kind',
  'kind',
  'category',
  'channel',
  'language',
  'priority',
  'confidentiality',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export const RULE_WORK_KINDS = ['ticket', 'call', 'callback', 'voicemail'] as const;
/** Stands in a rule for the skill of the ticket's category. */
export const CATEGORY_SKILL = '@category';
export const MOST_RULES = 100;

/** A rule as people write it, before it has an id and a version. Its place in the list is its position. */
export interface RuleDraft {
  /** Keeps the identity of a rule that is changed. */
  id?: string;
  conditions: readonly RuleCondition[];
  queueCode: string;
  requiredSkills: readonly { skill: string; level: number }[];
  reasonFr: string;
  reasonAr: string;
}

/** The codes that exist for a hub. */
export interface RuleVocabulary {
  /** Leaves with their kinds. */
  categories: ReadonlyMap<string, Kind>;
  queues: ReadonlySet<string>;
  /** Levels by code. */
  skills: ReadonlyMap<string, readonly number[]>;
}

/** The values that a rule lets through, by field; a field that is not there lets everything through. */
type Passes = ReadonlyMap<string, ReadonlySet<unknown>>;

/**
 * Checks a whole set of rules of a hub: known codes, conditions that some work can meet, rules that are reached, and a last rule without
 * conditions, so that everything finds a queue. Finds every problem in one pass.
 * @throws Refusal `validation_failed` with a pointer `/rules/<n>/…` for each problem
 */
export function checkRules(rules: readonly RuleDraft[], vocabulary: RuleVocabulary): void {
  const problems: FieldProblem[] = [];
  const passes = rules.map((rule, at) => checkRule(rule, at, vocabulary, problems));
  const faulty = new Set(problems.map((one) => Number(one.pointer.split('/')[2])));
  passes.forEach((later, at) => {
    const earlier = passes.slice(0, at).findIndex((one, n) => !faulty.has(n) && includes(one, later));
    if (earlier < 0 || faulty.has(at)) return;
    const detail = `Rule ${earlier + 1} takes everything that this one would.`;
    problems.push({ pointer: `/rules/${at}/conditions`, code: 'never_reached', detail });
  });
  const last = rules.length - 1;
  if (last < 0) problems.push({ pointer: '/rules', code: 'required', detail: 'A hub needs at least one rule.' });
  else if (rules[last].conditions.length > 0) {
    const detail = 'The last rule must have no condition, so that everything finds a queue.';
    problems.push({ pointer: `/rules/${last}/conditions`, code: 'catch_all_required', detail });
  }
  problems.push(...repeatedIds(rules));
  if (problems.length > 0) throw new Refusal('validation_failed', 'The rules cannot be published.', problems);
}

function checkRule(rule: RuleDraft, at: number, vocabulary: RuleVocabulary, problems: FieldProblem[]): Passes {
  const add = (path: string, code: string, detail: string): void =>
    void problems.push({ pointer: `/rules/${at}/${path}`, code, detail });
  if (!vocabulary.queues.has(rule.queueCode)) add('queueCode', 'unknown', 'The hub has no such queue.');
  const seen = new Set<string>();
  rule.requiredSkills.forEach(({ skill, level }, n) => {
    const levels = skill === CATEGORY_SKILL ? [1, 2, 3] : vocabulary.skills.get(skill);
    if (!levels) add(`requiredSkills/${n}/skill`, 'unknown', 'This skill is not known.');
    else if (!levels.includes(level)) add(`requiredSkills/${n}/level`, 'out_of_range', 'The skill has no such level.');
    if (seen.has(skill)) add(`requiredSkills/${n}/skill`, 'repeated', 'Each skill is asked for once.');
    seen.add(skill);
  });
  return checkConditions(rule.conditions, vocabulary, add);
}

function checkConditions(
  conditions: readonly RuleCondition[],
  vocabulary: RuleVocabulary,
  add: (path: string, code: string, detail: string) => void,
): Passes {
  const known = knownValues(vocabulary);
  const passes = new Map<string, Set<unknown>>();
  conditions.forEach(({ field, values }, n) => {
    const codes = known.get(field as RuleField);
    if (!codes) return add(`conditions/${n}/field`, 'unknown', `One of: ${RULE_FIELDS.join(', ')}.`);
    if (values.length === 0) add(`conditions/${n}/values`, 'matches_nothing', 'Name at least one value.');
    values.forEach((value, m) => {
      if (!codes.has(value)) add(`conditions/${n}/values/${m}`, 'unknown', 'This value does not exist.');
    });
    const before = passes.get(field);
    const both = new Set(values.filter((value) => !before || before.has(value)));
    if (values.length > 0 && both.size === 0) {
      add(`conditions/${n}/values`, 'contradictory', 'Another condition leaves none of these values.');
    }
    passes.set(field, both);
  });
  const contradiction = kindAgainstCategory(conditions, passes, vocabulary);
  if (contradiction !== null) {
    add(`conditions/${contradiction}/values`, 'contradictory', 'None of these categories is of the kind asked for.');
  }
  return withKinds(passes, vocabulary);
}

/** Index of the condition on categories none of which is of a kind that another condition lets through. */
function kindAgainstCategory(
  conditions: readonly RuleCondition[],
  passes: Passes,
  { categories }: RuleVocabulary,
): number | null {
  const [kinds, codes] = [passes.get('kind'), passes.get('category')];
  if (!kinds || !codes || codes.size === 0 || kinds.size === 0) return null;
  if ([...codes].some((code) => kinds.has(categories.get(code as string)))) return null;
  return conditions.findIndex((one) => one.field === 'category');
}

/** Categories say their kinds: two rules compare even when one names kinds and the other categories. */
function withKinds(passes: Map<string, Set<unknown>>, { categories }: RuleVocabulary): Passes {
  const codes = passes.get('category');
  if (!codes) return passes;
  const ofCodes = new Set<unknown>([...codes].map((code) => categories.get(code as string)));
  const kinds = passes.get('kind');
  return new Map([...passes, ['kind', kinds ? new Set([...ofCodes].filter((kind) => kinds.has(kind))) : ofCodes]]);
}

/** Whether everything that the later rule lets through is let through by the earlier. */
function includes(earlier: Passes, later: Passes): boolean {
  return [...earlier].every(([field, values]) => {
    const wanted = later.get(field);
    return wanted !== undefined && wanted.size > 0 && [...wanted].every((value) => values.has(value));
  });
}

function knownValues({ categories }: RuleVocabulary): Map<RuleField, ReadonlySet<unknown>> {
  return new Map<RuleField, ReadonlySet<unknown>>([
    ['work_kind', new Set(RULE_WORK_KINDS)],
    ['kind', new Set(KINDS)],
    ['category', new Set(categories.keys())],
    ['channel', new Set(CHANNELS)],
    ['language', new Set(LANGUAGES)],
    ['priority', new Set(PRIORITIES)],
    ['confidentiality', new Set(CONFIDENTIALITIES)],
  ]);
}

function repeatedIds(rules: readonly RuleDraft[]): FieldProblem[] {
  const ids = rules.map((rule) => rule.id);
  return ids.flatMap((id, at) =>
    id !== undefined && ids.indexOf(id) < at
      ? [{ pointer: `/rules/${at}/id`, code: 'repeated', detail: 'Another rule of the set has this id.' }]
      : [],
  );
}

/** A queue with the one that takes over what waits too long in it. */
export interface QueueOverflow {
  code: string;
  overflowCode: string | null;
}

/**
 * Queues that overflow into each other in a circle, each circle once, from the queue that comes first; empty when there is none.
 * A code that no queue has ends its chain.
 */
export function overflowCycles(queues: readonly QueueOverflow[]): string[][] {
  const next = new Map(queues.map((queue) => [queue.code, queue.overflowCode]));
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const { code } of queues) {
    const path: string[] = [];
    let at: string | null = code;
    while (at !== null && next.has(at) && !done.has(at) && !path.includes(at)) {
      path.push(at);
      at = next.get(at) ?? null;
    }
    if (at !== null && path.includes(at)) cycles.push(path.slice(path.indexOf(at)));
    path.forEach((one) => done.add(one));
  }
  return cycles;
}
