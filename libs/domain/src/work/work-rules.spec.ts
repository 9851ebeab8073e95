import { assignmentMode } from './assignment-mode';
import { COST, mayInterrupt, pointsUsed, roomFor, type Load } from './capacity';
import { activityOf, choosePresence, idleSinceOnReturn, isFresh } from './presence';
import { requiredSkills, type SkillFamily } from './required-skills';
import { WORK_KINDS } from './work-item';

const NOW = new Date('2026-11-23T12:00:00Z');
const after = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const load = (kind: Load['kind'], state: Load['state'], suspended = false): Load => ({
  itemId: `${kind}-${state}`,
  kind,
  state,
  cost: COST[kind],
  suspended,
});

it('a sign of life counts for 30 s', () => {
  expect([29.999, 30, 30.001].map((age) => isFresh(NOW, after(age)))).toEqual([true, true, false]);
  expect(isFresh(null, NOW)).toBe(false);
});

it('the activity is what is most urgent in hand', () => {
  expect(activityOf([])).toBe('idle');
  expect(activityOf([load('email', 'offered')])).toBe('offered');
  expect(activityOf([load('email', 'active'), load('call', 'wrap_up')])).toBe('busy');
  expect(activityOf([load('email', 'offered'), load('call', 'wrap_up')])).toBe('wrap_up');
  expect(activityOf([load('call', 'held')])).toBe('held');
  expect(activityOf([load('callback', 'active')])).toBe('outbound');
  expect(activityOf([load('email', 'held', true), load('call', 'active')])).toBe('busy');
});

it('leaving waits for work in hand, not for offers; coming back never waits', () => {
  expect(choosePresence('away', [load('email', 'offered')])).toBe('now');
  expect(choosePresence('offline', [load('email', 'active')])).toBe('later');
  expect(choosePresence('away', [load('email', 'held', true)])).toBe('later');
  expect(choosePresence('available', [load('email', 'active')])).toBe('now');
});

it('a break under 5 minutes keeps the place among the idle', () => {
  expect(idleSinceOnReturn(after(-900), NOW, after(299))).toEqual(after(-900));
  expect(idleSinceOnReturn(after(-900), NOW, after(300))).toEqual(after(300));
});

it('one call, three chats, five tasks; suspended work costs nothing', () => {
  const fits = (kind: Load['kind'], have: Load[]): boolean => roomFor({ kind, cost: COST[kind] }, have) !== null;
  const many = (kind: Load['kind'], count: number): Load[] => Array.from({ length: count }, () => load(kind, 'active'));
  expect([2, 3].map((n) => fits('chat', many('chat', n)))).toEqual([true, false]);
  expect([4, 5].map((n) => fits('ticket_task', many('ticket_task', n)))).toEqual([true, false]);
  expect(fits('call', many('callback', 1))).toBe(false);
  expect(fits('email', many('call', 1))).toBe(false);
  expect(pointsUsed([load('email', 'held', true), load('call', 'active')])).toBe(100);
  // One line at most, even while it is suspended.
  expect(fits('call', [load('call', 'held', true)])).toBe(false);
});

it('only a call interrupts, and only tasks and e-mail unless the hub adds chats', () => {
  const pairs = WORK_KINDS.flatMap((kind) =>
    WORK_KINDS.filter((over) => mayInterrupt(kind, over)).map((over) => [kind, over]),
  );
  expect(pairs).toEqual([
    ['call', 'email'],
    ['call', 'ticket_task'],
  ]);
  expect(mayInterrupt('call', 'chat', { overChat: true })).toBe(true);
});

it('a call pushes out no more than it needs, the last come first', () => {
  const tasks = [1, 2, 3].map((n) => ({ ...load('ticket_task', 'active'), itemId: `t${n}` }));
  expect(roomFor({ kind: 'call', cost: 60 }, tasks)).toEqual({ suspends: ['t3'], rescinds: [] });
  expect(roomFor({ kind: 'call', cost: 100 }, tasks)?.suspends).toEqual(['t3', 't2', 't1']);
});

const FAMILIES: SkillFamily[] = [
  { code: 'assoc_law', type: 'domain', categoryPrefixes: ['CRE', 'STA'] },
  { code: 'distress', type: 'clearance', categoryPrefixes: [] },
];

it('a ticket asks for its language and clearance without relaxation, for its subject with', () => {
  const ticket = { answerLanguage: 'ar', restricted: true, categoryCode: 'CRE.04' };
  const rule = [
    { skill: '@category', level: 2 },
    { skill: 'distress', level: 1 },
  ];
  expect(requiredSkills(ticket, rule, FAMILIES)).toEqual([
    { skill: 'assoc_law', level: 2, floor: 0 },
    { skill: 'distress', level: 1, floor: 1 },
    { skill: 'ar', level: 1, floor: 1 },
    { skill: 'restricted', level: 1, floor: 1 },
  ]);
  const plain = { answerLanguage: 'fr', restricted: false, categoryCode: 'XXX.01' };
  expect(requiredSkills(plain, rule.slice(0, 1), FAMILIES)).toEqual([{ skill: 'fr', level: 1, floor: 1 }]);
});

it('the way of assignment is the hub’s own, else the usual one, else the least loaded', () => {
  const hub = { id: 'id-1', code: 'FM' };
  expect(assignmentMode(undefined, hub)).toBe('least_load');
  expect(assignmentMode({ default: 'offers' }, hub)).toBe('offers');
  expect(assignmentMode({ default: 'offers', hubs: { FM: 'least_load' } }, hub)).toBe('least_load');
  expect(assignmentMode({ default: 'least_load', hubs: { 'id-1': 'offers' } }, hub)).toBe('offers');
  expect(assignmentMode({ default: 'nonsense', hubs: { FM: 1 } }, hub)).toBe('least_load');
});
