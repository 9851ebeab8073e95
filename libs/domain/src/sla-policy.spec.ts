import { Refusal } from './refusal';
import { checkPolicy, firstMatch, type PolicyDefinition, type PolicyFacts, targetFor } from './sla-policy';

const policy: PolicyDefinition = {
  key: 'LEGAL-DEADLINE',
  nameFr: 'Délai légal en cours',
  nameAr: 'أجل قانوني جار',
  position: 2,
  conditions: [{ field: 'category', op: 'in', values: ['CRE.04', 'REC.03'] }],
  targets: [
    { priority: 'urgent', metric: 'first_response', minutes: 60, time: 'business' },
    { priority: 'urgent', metric: 'resolution', minutes: 900, time: 'business' },
  ],
  pause: {
    statuses: ['pending', 'on_hold'],
    onHoldReasonsRequired: true,
    pausedMetrics: ['next_response', 'resolution'],
  },
  warnings: [
    { state: 'soon', percentLeft: 25, minutesLeft: null },
    { state: 'urgent', percentLeft: 10, minutesLeft: 30 },
  ],
  ladder: [
    {
      step: 1,
      metric: 'first_response',
      when: 'share',
      value: 75,
      unit: 'percent',
      time: 'business',
      action: 'notify',
      to: 'assignee',
      means: ['in_app'],
      fr: 'Prévenir le conseiller',
      ar: 'إشعار المستشار',
    },
  ],
};
const facts: PolicyFacts = {
  category: 'LIT.04',
  kind: 'legal',
  channel: 'phone',
  priority: 'high',
  confidentiality: 'normal',
  needsValidation: true,
  associationType: null,
  hub: 'MS',
  language: 'ar',
  tags: ['a', 'person_in_danger'],
};
const when = (field: string, ...values: (string | boolean)[]) =>
  ({ ...policy, key: field, position: 1, conditions: [{ field, op: 'in', values }] }) as PolicyDefinition;

function problemsOf(input: unknown): string[] {
  try {
    checkPolicy(input);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.errors.map((problem) => `${problem.pointer} ${problem.code}`);
  }
}

describe('firstMatch', () => {
  it.each<[string, PolicyDefinition, boolean]>([
    ['category', when('category', 'LIT.04'), true],
    ['category is not a prefix', when('category', 'LIT'), false],
    ['category_prefix', when('category_prefix', 'DIS', 'LIT'), true],
    ['category_prefix is whole', when('category_prefix', 'LI'), false],
    ['kind', when('kind', 'legal'), true],
    ['channel', when('channel', 'portal', 'phone'), true],
    ['priority', when('priority', 'urgent'), false],
    ['confidentiality', when('confidentiality', 'normal'), true],
    ['needs_validation', when('needs_validation', true), true],
    ['needs_validation is not a text', when('needs_validation', 'true'), false],
    ['an unknown fact', when('association_type', 'null', ''), false],
    ['hub', when('hub', 'MS'), true],
    ['language', when('language', 'fr'), false],
    ['any tag', when('tag', 'person_in_danger', 'other'), true],
    ['no tag', when('tag', 'other'), false],
  ])('%s', (_name, one, expected) => {
    expect(firstMatch([one], facts) === one).toBe(expected);
  });

  it('asks in order of position, leaves the list alone, and needs every condition', () => {
    const last = { ...policy, key: 'DEFAULT', position: 8, conditions: [] };
    const phone = { ...when('channel', 'phone'), position: 5 };
    const danger = { ...when('tag', 'person_in_danger'), position: 1 };
    const both = { ...phone, position: 0, conditions: [...phone.conditions, ...when('hub', 'FM').conditions] };
    const list = [last, phone, both, danger];
    expect(firstMatch(list, facts)).toBe(danger);
    expect(firstMatch(list, { ...facts, tags: [] })).toBe(phone);
    expect(firstMatch(list, { ...facts, tags: [], channel: null })).toBe(last);
    expect(firstMatch(list, { ...facts, hub: 'FM' })).toBe(both);
    expect(firstMatch([phone], { ...facts, channel: 'api' })).toBeNull();
    expect(list[0]).toBe(last);
  });

  it('takes an unknown category as no match', () => {
    expect(firstMatch([when('category_prefix', 'LIT', '')], { ...facts, category: null })).toBeNull();
  });
});

describe('targetFor', () => {
  it('finds the target of a priority and metric, or nothing', () => {
    expect(targetFor(policy, 'urgent', 'resolution')?.minutes).toBe(900);
    expect(targetFor(policy, 'urgent', 'holding')).toBeNull();
    expect(targetFor(policy, 'low', 'resolution')).toBeNull();
  });
});

describe('checkPolicy', () => {
  it('accepts a whole policy unchanged, without foreign keys', () => {
    expect(checkPolicy({ ...JSON.parse(JSON.stringify(policy)), owner: 'national' })).toEqual(policy);
  });

  const target = (change: object) => ({ ...policy, targets: [{ ...policy.targets[0], ...change }] });
  const condition = (change: object) => ({ ...policy, conditions: [{ ...policy.conditions[0], ...change }] });
  const step = (change: object) => ({ ...policy, ladder: [{ ...policy.ladder[0], ...change }] });
  it.each<[string, unknown, string[]]>([
    ['no targets', { ...policy, targets: [] }, ['/targets required']],
    ['unknown metric', target({ metric: 'speed' }), ['/targets/0/metric unknown_value']],
    ['unknown priority', target({ priority: 'asap' }), ['/targets/0/priority unknown_value']],
    ['unknown time', target({ time: 'moon' }), ['/targets/0/time unknown_value']],
    ['zero minutes', target({ minutes: 0 }), ['/targets/0/minutes out_of_range']],
    ['negative minutes', target({ minutes: -5 }), ['/targets/0/minutes out_of_range']],
    ['half minutes', target({ minutes: 1.5 }), ['/targets/0/minutes out_of_range']],
    ['minutes as text', target({ minutes: '15' }), ['/targets/0/minutes out_of_range']],
    ['endless minutes', target({ minutes: 1e12 }), ['/targets/0/minutes out_of_range']],
    [
      'a target twice',
      { ...policy, targets: [policy.targets[0], { ...policy.targets[0], minutes: 5 }] },
      ['/targets/1 duplicate'],
    ],
    ['unknown field', condition({ field: 'mood' }), ['/conditions/0/field unknown_value']],
    ['unknown operator', condition({ op: 'like' }), ['/conditions/0/op unknown_value']],
    ['no values', condition({ values: [] }), ['/conditions/0/values invalid_values']],
    ['values of another type', condition({ values: ['CRE.04', 3] }), ['/conditions/0/values invalid_values']],
    [
      'unknown status',
      { ...policy, pause: { ...policy.pause, statuses: ['pending', 'lost'] } },
      ['/pause/statuses/1 unknown_value'],
    ],
    [
      'no pause',
      { ...policy, pause: undefined },
      ['/pause type', '/pause/statuses type', '/pause/onHoldReasonsRequired type', '/pause/pausedMetrics type'],
    ],
    [
      'a warning without threshold',
      { ...policy, warnings: [{ state: 'soon', percentLeft: null, minutesLeft: null }] },
      ['/warnings/0/percentLeft required'],
    ],
    ['unknown action', step({ action: 'shout' }), ['/ladder/0/action unknown_value']],
    ['unknown means', step({ means: ['pigeon'] }), ['/ladder/0/means/0 unknown_value']],
    ['a step of a bad value', step({ value: -1 }), ['/ladder/0/value out_of_range']],
    [
      'several at once',
      { ...target({ minutes: 0 }), nameAr: '' },
      ['/nameAr required', '/targets/0/minutes out_of_range'],
    ],
  ])('refuses: %s', (_name, input, expected) => {
    expect(problemsOf(input)).toEqual(expected);
  });

  it.each([[null], [undefined], ['x'], [[]], [{ targets: {}, pause: [] }]])('refuses %p without failing', (input) => {
    expect(problemsOf(input).length).toBeGreaterThan(0);
  });
});
