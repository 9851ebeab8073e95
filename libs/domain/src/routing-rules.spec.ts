import fc from 'fast-check';
import { Refusal } from './refusal';
import { chooseRule, type RoutingFacts, type RoutingRule } from './routing';
import { decidesAnew, dryRun } from './routing-dry-run';
import { checkRules, overflowCycles, type RuleDraft, type RuleVocabulary } from './routing-rules';

const vocabulary: RuleVocabulary = {
  categories: new Map([
    ['CRE.01', 'legal'],
    ['CRE.02', 'legal'],
    ['FIN.01', 'administrative'],
  ]),
  queues: new Set(['LEGAL', 'INFO']),
  skills: new Map([['tax', [1, 2, 3]]]),
};
const rule = (changes: Partial<RuleDraft> = {}): RuleDraft => ({
  conditions: [],
  queueCode: 'INFO',
  requiredSkills: [],
  reasonFr: 'r',
  reasonAr: 'س',
  ...changes,
});
const when = (field: string, ...values: string[]) => ({ field, op: 'in' as const, values });

function problems(rules: RuleDraft[]): string[] {
  try {
    checkRules(rules, vocabulary);
    return [];
  } catch (error) {
    return (error as Refusal).errors.map((one) => `${one.pointer} ${one.code}`);
  }
}

describe('a set of rules', () => {
  it('is taken when every rule can be reached and the last takes the rest', () => {
    expect(
      problems([
        rule({
          conditions: [when('kind', 'legal')],
          queueCode: 'LEGAL',
          requiredSkills: [{ skill: '@category', level: 2 }],
        }),
        rule(),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['nothing at all', [], ['/rules required']],
    [
      'no rule for the rest',
      [rule({ conditions: [when('kind', 'legal')] })],
      ['/rules/0/conditions catch_all_required'],
    ],
    ['an unknown queue', [rule({ queueCode: 'NOPE' })], ['/rules/0/queueCode unknown']],
    [
      'an unknown field',
      [rule({ conditions: [when('weather', 'rain')] }), rule()],
      ['/rules/0/conditions/0/field unknown'],
    ],
    [
      'an unknown value',
      [rule({ conditions: [when('category', 'CRE.01', 'CRE.99')] }), rule()],
      ['/rules/0/conditions/0/values/1 unknown'],
    ],
    ['no value', [rule({ conditions: [when('kind')] }), rule()], ['/rules/0/conditions/0/values matches_nothing']],
    [
      'conditions that exclude each other',
      [rule({ conditions: [when('kind', 'legal'), when('kind', 'information')] }), rule()],
      ['/rules/0/conditions/1/values contradictory'],
    ],
    [
      'a category of another kind',
      [rule({ conditions: [when('kind', 'legal'), when('category', 'FIN.01')] }), rule()],
      ['/rules/0/conditions/1/values contradictory'],
    ],
    ['a rule behind one that takes all', [rule(), rule()], ['/rules/1/conditions never_reached']],
    [
      'a category behind its kind',
      [rule({ conditions: [when('kind', 'legal')] }), rule({ conditions: [when('category', 'CRE.01')] }), rule()],
      ['/rules/1/conditions never_reached'],
    ],
    [
      'an unknown skill',
      [rule({ requiredSkills: [{ skill: 'magic', level: 1 }] })],
      ['/rules/0/requiredSkills/0/skill unknown'],
    ],
    [
      'a level that is not',
      [rule({ requiredSkills: [{ skill: 'tax', level: 4 }] })],
      ['/rules/0/requiredSkills/0/level out_of_range'],
    ],
    [
      'a skill twice',
      [
        rule({
          requiredSkills: [
            { skill: 'tax', level: 1 },
            { skill: 'tax', level: 2 },
          ],
        }),
      ],
      ['/rules/0/requiredSkills/1/skill repeated'],
    ],
    [
      'an id twice',
      [rule({ id: 'a', conditions: [when('kind', 'legal')] }), rule({ id: 'a' })],
      ['/rules/1/id repeated'],
    ],
  ])('is refused with %s', (_, rules, expected) => {
    expect(problems(rules as RuleDraft[])).toEqual(expected);
  });

  const facts = fc.record({
    work_kind: fc.constant('ticket' as const),
    category: fc.constantFrom('CRE.01', 'CRE.02', 'FIN.01'),
    channel: fc.constantFrom('portal', 'phone'),
    language: fc.constantFrom('fr', 'ar'),
    priority: fc.constantFrom('normal', 'urgent'),
    confidentiality: fc.constantFrom('normal', 'restricted'),
  });
  const full = (some: Omit<RoutingFacts, 'kind'>): RoutingFacts => ({
    ...some,
    kind: vocabulary.categories.get(some.category)!,
  });
  const some = fc.array(
    fc.oneof(
      fc
        .subarray(['legal', 'administrative', 'information'], { minLength: 1 })
        .map((values) => when('kind', ...values)),
      fc.subarray(['CRE.01', 'CRE.02', 'FIN.01'], { minLength: 1 }).map((values) => when('category', ...values)),
      fc.subarray(['portal', 'phone'], { minLength: 1 }).map((values) => when('channel', ...values)),
    ),
    { maxLength: 3 },
  );
  const numbered = (list: RuleDraft[]): RoutingRule[] =>
    list.map((one, at) => ({ ...one, id: String(at), version: 1, position: at + 1 }));

  it('that is called never reached never decides, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 5 }), fc.array(facts, { maxLength: 20 }), (conditions, all) => {
        const rules = [...conditions.map((one) => rule({ conditions: one })), rule()];
        const dead = problems(rules).filter((one) => one.endsWith('never_reached') || one.endsWith('contradictory'));
        const positions = dead.map((one) => Number(one.split('/')[2]) + 1);
        for (const one of all) expect(positions).not.toContain(chooseRule(numbered(rules), full(one))?.position);
      }),
      { numRuns: 500 },
    );
  });

  it('tried on history touches exactly the tickets that it decides otherwise', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), fc.array(facts, { maxLength: 12 }), (conditions, all) => {
        const before = numbered([rule({ conditions: [when('kind', 'legal')], queueCode: 'LEGAL' }), rule()]);
        const after = numbered([...conditions.map((one) => rule({ conditions: one, queueCode: 'LEGAL' })), rule()]);
        const result = dryRun(
          before,
          after,
          all.map((one) => ({ facts: full(one), tickets: 1 })),
        );
        const changed = all.filter(
          (one) => chooseRule(before, full(one))!.queueCode !== chooseRule(after, full(one))!.queueCode,
        );
        expect([result.tickets, result.touched]).toEqual([all.length, changed.length]);
        // What waits follows by the same comparison.
        for (const one of all) {
          const rule = changed.includes(one) ? chooseRule(after, full(one)) : null;
          expect(decidesAnew(before, after, full(one))).toEqual(rule);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('overflow of queues', () => {
  const queue = (code: string, overflowCode: string | null) => ({ code, overflowCode });

  it.each([
    [[queue('A', 'B'), queue('B', null)], []],
    [[queue('A', 'B'), queue('B', 'A')], [['A', 'B']]],
    [[queue('A', 'A')], [['A']]],
    [[queue('X', 'A'), queue('A', 'B'), queue('B', 'C'), queue('C', 'A')], [['A', 'B', 'C']]],
    [[queue('A', 'GONE')], []],
  ])('%j goes round in %j', (queues, cycles) => expect(overflowCycles(queues)).toEqual(cycles));

  it('without a circle ends from every queue', () => {
    const codes = ['A', 'B', 'C', 'D', 'E'];
    const to = fc.option(fc.constantFrom(...codes));
    fc.assert(
      fc.property(fc.tuple(to, to, to, to, to), (next) => {
        const queues = codes.map((code, at) => queue(code, next[at]));
        const ends = codes.every((code) => {
          let at: string | null = code;
          for (let steps = 0; at !== null && steps <= codes.length; steps += 1) at = next[codes.indexOf(at)];
          return at === null;
        });
        expect(overflowCycles(queues).length === 0).toBe(ends);
      }),
    );
  });
});
