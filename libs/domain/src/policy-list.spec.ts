import { conditionProblems, floorProblems, listProblems } from './policy-list';
import type { Condition, PolicyDefinition, Target } from './sla-policy';

const target = (minutes: number, time: Target['time'] = 'business', more: Partial<Target> = {}): Target => ({
  ...{ priority: 'normal', metric: 'first_response' },
  ...more,
  minutes,
  time,
});
const is = (field: Condition['field'], ...values: (string | boolean)[]): Condition => ({ field, op: 'in', values });
const policy = (position: number, conditions: Condition[], more: Partial<PolicyDefinition> = {}): PolicyDefinition => ({
  ...{ key: 'P', nameFr: 'P', nameAr: 'P', position, conditions },
  targets: [target(240)],
  pause: { statuses: ['pending'], onHoldReasonsRequired: true, pausedMetrics: ['resolution'] },
  warnings: [],
  ladder: [],
  ...more,
});
const found = (problems: { pointer: string; code: string }[]) => problems.map((one) => `${one.pointer} ${one.code}`);

describe('floors', () => {
  const catchAll = policy(9, [], { targets: [target(300)] });

  it.each<[string, PolicyDefinition, PolicyDefinition[], string[]]>([
    ['faster', policy(1, []), [catchAll], []],
    ['as fast', policy(1, [], { targets: [target(300)] }), [catchAll], []],
    ['slower', policy(1, [], { targets: [target(301)] }), [catchAll], ['/targets/0/minutes slower_than_floor']],
    [
      'without the target',
      policy(1, [], { targets: [target(1, 'business', { priority: 'high' })] }),
      [catchAll],
      ['/targets slower_than_floor'],
    ],
    ['elapsed time for opening hours', policy(1, [], { targets: [target(300, 'calendar')] }), [catchAll], []],
    [
      'opening hours for elapsed time',
      policy(1, []),
      [policy(9, [], { targets: [target(300, 'calendar')] })],
      ['/targets/0/time slower_than_floor'],
    ],
    [
      'a clock that stands still more often',
      policy(1, [], {
        pause: {
          statuses: ['pending', 'on_hold'],
          onHoldReasonsRequired: false,
          pausedMetrics: ['resolution', 'first_response'],
        },
      }),
      [catchAll],
      [
        '/pause/pausedMetrics slower_than_floor',
        '/pause/statuses slower_than_floor',
        '/pause/onHoldReasonsRequired slower_than_floor',
      ],
    ],
    [
      'of questions that the floor never has',
      policy(1, [is('kind', 'legal')], { targets: [target(299)] }),
      [policy(2, [is('kind', 'information')], { targets: [target(10)] }), catchAll],
      [],
    ],
    [
      'behind a stricter one, which is asked first',
      policy(3, [], { targets: [target(299)] }),
      [policy(2, [is('tag', 'danger')], { targets: [target(10)] }), catchAll],
      [],
    ],
    [
      'before a stricter one for some',
      policy(1, [], { targets: [target(299)] }),
      [policy(2, [is('tag', 'danger')], { targets: [target(10)] }), catchAll],
      ['/targets/0/minutes slower_than_floor'],
    ],
    [
      'up to the floor that takes all of them',
      policy(1, [is('category', 'LIT.01')], { targets: [target(200)] }),
      [policy(2, [is('category_prefix', 'LIT')], { targets: [target(200)] }), policy(9, [], { targets: [target(1)] })],
      [],
    ],
  ])('%s', (_, own, national, problems) => {
    expect(found(floorProblems(own, national))).toEqual(problems);
  });
});

describe('conditions', () => {
  const known = { category: new Set(['LIT.01']), kind: new Set(['legal', 'information']) };

  it.each<[string, PolicyDefinition, PolicyDefinition[], string[]]>([
    ['that hold', policy(1, [is('category', 'LIT.01'), is('kind', 'legal')]), [], []],
    [
      'that name what nobody knows',
      policy(1, [is('category', 'LIT.01', 'XXX.01')]),
      [],
      ['/conditions/0/values/1 unknown'],
    ],
    ['yes and no only', policy(1, [is('needs_validation', 'yes')]), [], ['/conditions/0/values/0 unknown']],
    [
      'that exclude each other',
      policy(1, [is('kind', 'legal'), is('kind', 'information')]),
      [],
      ['/conditions/1 never_matches'],
    ],
    [
      'a category outside its prefix',
      policy(1, [is('category_prefix', 'FIN'), is('category', 'LIT.01')]),
      [],
      ['/conditions/1 never_matches'],
    ],
    ['two tags at once', policy(1, [is('tag', 'a'), is('tag', 'b')]), [], []],
    [
      'that an earlier policy covers',
      policy(2, [is('kind', 'legal'), is('channel', 'phone')]),
      [policy(1, [is('kind', 'legal')])],
      ['/conditions never_matches'],
    ],
    [
      'that an earlier policy covers in part',
      policy(2, [is('kind', 'legal', 'information')]),
      [policy(1, [is('kind', 'legal')])],
      [],
    ],
  ])('%s', (_, own, earlier, problems) => {
    expect(found(conditionProblems(own, known, earlier))).toEqual(problems);
  });

  it('the last policy of the programme holds always', () => {
    expect(listProblems([policy(2, []), policy(1, [is('kind', 'legal')])])).toEqual([]);
    expect(found(listProblems([policy(1, []), policy(2, [is('kind', 'legal')])]))).toEqual([
      '/conditions last_must_hold',
    ]);
    expect(listProblems([])).toHaveLength(1);
  });
});
