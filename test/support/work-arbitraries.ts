import fc from 'fast-check';
import type { Requirement, WaitingItem, WorkAgent } from '@app/domain/work/candidates';
import { COST } from '@app/domain/work/capacity';
import { WORK_KINDS } from '@app/domain/work/work-item';
import { PRIORITIES } from '@app/domain/sla-policy';

export const NOW = new Date('2026-11-23T12:00:00Z');
export const HUBS = ['hub-a', 'hub-b', 'hub-c'];
const AGENTS = Array.from({ length: 6 }, (_, i) => `agent-${i}`);
const SKILLS = ['fr', 'ar', 'assoc_law'];

export const ago = (seconds: number, from = NOW): Date => new Date(from.getTime() - seconds * 1_000);

const requirements: fc.Arbitrary<Requirement[]> = fc
  .record({
    language: fc.constantFrom('fr', 'ar'),
    level: fc.integer({ min: 0, max: 3 }),
    restricted: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ language, level, restricted }) => [
    { skill: language, level: 1, floor: 1 },
    ...(level > 0 ? [{ skill: 'assoc_law', level, floor: 0 }] : []),
    ...(restricted === 0 ? [{ skill: 'restricted', level: 1, floor: 1 }] : []),
  ]);

/** A waiting item; ids are given by the list. */
export const anyItem: fc.Arbitrary<Omit<WaitingItem, 'id'>> = fc
  .record({
    kind: fc.constantFrom(...WORK_KINDS),
    hubId: fc.constantFrom(...HUBS.slice(0, 2)),
    priority: fc.constantFrom(...PRIORITIES),
    waited: fc.integer({ min: 0, max: 1_000 }),
    maxWaitSeconds: fc.constantFrom(300, 600),
    due: fc.option(fc.integer({ min: -600, max: 9_000 })),
    required: requirements,
    excludedAccounts: fc.subarray(AGENTS, { maxLength: 2 }),
    excludedHubs: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(HUBS, { maxLength: 1 }) },
    ),
    helpingHubs: fc.subarray(HUBS.slice(1)),
    visitedHubs: fc.subarray(HUBS.slice(2)),
    hops: fc.integer({ min: 0, max: 2 }),
    missedBy: fc.option(fc.tuple(fc.constantFrom(...AGENTS), fc.integer({ min: 0, max: 90 }))),
    sticky: fc.option(fc.constantFrom(...AGENTS), { freq: 6 }),
  })
  .map(({ waited, due, missedBy, sticky, ...item }) => ({
    ...item,
    cost: COST[item.kind],
    offerSeconds: 20,
    queuedAt: ago(waited),
    dueAt: due === null ? null : ago(-due),
    misses: missedBy ? [{ accountId: missedBy[0], at: ago(missedBy[1]) }] : [],
    sticky: sticky ? { accountId: sticky, until: ago(-60), waitUntil: ago(waited - 60) } : null,
  }));

export const items = fc
  .array(anyItem, { maxLength: 25 })
  .map((list): WaitingItem[] => list.map((item, i) => ({ ...item, id: `item-${String(i).padStart(3, '0')}` })));

export const agents: fc.Arbitrary<WorkAgent[]> = fc
  .array(
    fc.record({
      hubId: fc.constantFrom(...HUBS),
      presence: fc.constantFrom('available' as const, 'available' as const, 'away' as const, 'not_responding' as const),
      pending: fc.boolean(),
      silent: fc.integer({ min: 0, max: 40 }),
      idle: fc.integer({ min: 0, max: 3_600 }),
      levels: fc.tuple(...SKILLS.map(() => fc.integer({ min: 0, max: 3 }))),
      cleared: fc.boolean(),
    }),
    { maxLength: AGENTS.length },
  )
  .map((list) =>
    list.map(({ pending, silent, idle, levels, cleared, ...agent }, i) => ({
      ...agent,
      accountId: AGENTS[i],
      pendingPresence: pending && i % 3 === 0 ? ('away' as const) : null,
      heartbeatAt: ago(silent),
      idleSince: ago(idle),
      skills: new Map([...SKILLS.map((skill, at) => [skill, levels[at]] as const), ['restricted', cleared ? 1 : 0]]),
      load: [],
    })),
  );
