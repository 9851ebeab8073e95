import fc from 'fast-check';
import {
  chooseHub,
  chooseRule,
  isAssignable,
  leastLoaded,
  routingReason,
  type AgentLoad,
  type RoutingFacts,
  type RoutingRule,
  type TerritoryRow,
} from './routing';
import { STATUSES } from './ticket';

const DAYS = Array.from({ length: 28 }, (_, day) => `2026-11-${String(day + 1).padStart(2, '0')}`);
const day = fc.constantFrom(...DAYS);
const REGION = 'MA-03';
const PROVINCE = 'MA-FES';

/** Rows of one place never overlap, as the database guarantees. */
const rowsOf = (placeCode: string): fc.Arbitrary<TerritoryRow[]> =>
  fc.uniqueArray(fc.nat(DAYS.length - 1), { maxLength: 6 }).chain((cuts) => {
    const sorted = cuts.sort((a, b) => a - b);
    const spans = sorted.slice(0, -1).map((from, index) => [DAYS[from], DAYS[sorted[index + 1]]] as const);
    const ends = sorted.length > 0 ? [...spans, [DAYS[sorted.at(-1)!], null] as const] : [];
    return fc.array(fc.boolean(), { minLength: ends.length, maxLength: ends.length }).map((kept) =>
      ends
        .filter((_, index) => kept[index])
        .map(([from, to], index) => ({
          placeCode,
          hubId: `${placeCode}-${index}`,
          role: index % 2 === 0 ? ('managing' as const) : ('interim' as const),
          from,
          to,
        })),
    );
  });

describe('chooseHub', () => {
  it('equals a search day by day: province, else region, else national', () => {
    fc.assert(
      fc.property(rowsOf(REGION), rowsOf(PROVINCE), day, fc.boolean(), (region, province, today, isRegion) => {
        const place = isRegion ? { code: REGION, parentCode: null } : { code: PROVINCE, parentCode: REGION };
        const covers = (row: TerritoryRow): boolean =>
          DAYS.filter((one) => one >= row.from && (row.to === null || one < row.to)).includes(today);
        const lists = isRegion ? [region] : [province, region];
        const expected = lists.flatMap((list) => list.filter(covers))[0];
        expect(chooseHub([...province, ...region], place, today, 'national')).toEqual(
          expected
            ? { hubId: expected.hubId, reason: expected.role, placeCode: expected.placeCode }
            : { hubId: 'national', reason: 'national', placeCode: place.code },
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('the last day is exclusive, the first inclusive, and no beginning is always', () => {
    const rows: TerritoryRow[] = [
      { placeCode: REGION, hubId: 'old', role: 'managing', from: '-infinity', to: '2026-11-10' },
      { placeCode: REGION, hubId: 'new', role: 'interim', from: '2026-11-10', to: null },
    ];
    const on = (today: string): string => chooseHub(rows, { code: REGION, parentCode: null }, today, 'national').hubId;
    expect([on('1990-01-01'), on('2026-11-09'), on('2026-11-10'), on('2050-01-01')]).toEqual([
      'old',
      'old',
      'new',
      'new',
    ]);
  });
});

describe('chooseRule', () => {
  const facts: RoutingFacts = {
    work_kind: 'ticket',
    kind: 'legal',
    category: 'CRE.04',
    channel: 'portal',
    language: 'fr',
    priority: 'normal',
    confidentiality: 'normal',
  };
  const rule = (position: number, queueCode: string, conditions: RoutingRule['conditions']): RoutingRule => ({
    id: queueCode,
    version: 1,
    position,
    conditions,
    queueCode,
    requiredSkills: [],
    reasonFr: '',
    reasonAr: '',
  });
  const rules = [
    rule(9, 'ALL', []),
    rule(2, 'LEGAL', [{ field: 'kind', op: 'in', values: ['legal'] }]),
    rule(1, 'URGENT', [
      { field: 'kind', op: 'in', values: ['legal'] },
      { field: 'priority', op: 'in', values: ['urgent', 'high'] },
    ]),
  ];

  it('takes the first by position whose conditions all hold', () => {
    expect(chooseRule(rules, facts)?.queueCode).toBe('LEGAL');
    expect(chooseRule(rules, { ...facts, priority: 'high' })?.queueCode).toBe('URGENT');
    expect(chooseRule(rules, { ...facts, kind: 'information' })?.queueCode).toBe('ALL');
    expect(chooseRule(rules.slice(1), { ...facts, kind: 'information' })).toBeNull();
  });

  it('a condition on a fact that nobody knows never holds', () => {
    expect(chooseRule([rule(1, 'X', [{ field: 'weather', op: 'in', values: ['rain'] }])], facts)).toBeNull();
  });
});

const agents = fc.uniqueArray(
  fc.record({
    accountId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    languages: fc.subarray(['fr', 'ar']),
    cleared: fc.boolean(),
    openTickets: fc.nat(3),
    lastAssignedAt: fc.nat(3),
  }),
  { selector: (one) => one.accountId },
);
const wants = fc.record({
  answerLanguage: fc.constantFrom('fr', 'ar'),
  restricted: fc.boolean(),
  excluded: fc.subarray(['a', 'b', 'c']),
});

describe('leastLoaded', () => {
  const qualifies = (agent: AgentLoad, ticket: { answerLanguage: string; restricted: boolean; excluded: string[] }) =>
    agent.languages.includes(ticket.answerLanguage) &&
    (agent.cleared || !ticket.restricted) &&
    !ticket.excluded.includes(agent.accountId);

  it('chooses nobody who does not qualify, and somebody whenever one does', () => {
    fc.assert(
      fc.property(agents, wants, (all, ticket) => {
        const { agent: chosen } = leastLoaded(all, ticket);
        expect(chosen !== null).toBe(all.some((agent) => qualifies(agent, ticket)));
        if (chosen) expect(qualifies(chosen, ticket)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('nobody who qualifies has less, and equal loads go to the longest waiting, whatever the order of the list', () => {
    fc.assert(
      fc.property(agents, wants, (all, ticket) => {
        const choice = leastLoaded(all, ticket);
        expect(leastLoaded([...all].reverse(), ticket)).toEqual(choice);
        const chosen = choice.agent;
        for (const other of all.filter((agent) => qualifies(agent, ticket))) {
          expect(other.openTickets).toBeGreaterThanOrEqual(chosen!.openTickets);
          if (other.openTickets === chosen!.openTickets) {
            expect(other.lastAssignedAt).toBeGreaterThanOrEqual(chosen!.lastAssignedAt);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

it('gives reasons in both languages', () => {
  for (const reason of ['managing', 'interim', 'national'] as const) {
    const { fr, ar } = routingReason(reason, { reasonFr: 'Question juridique', reasonAr: 'سؤال قانوني' });
    expect(fr).toMatch(/[Pp]ôle.* ; Question juridique$/);
    expect(ar).toMatch(/قطب.*سؤال قانوني$/);
  }
});

it('the dispatcher gives away what is new or open', () => {
  expect(STATUSES.filter(isAssignable)).toEqual(['new', 'open']);
});
