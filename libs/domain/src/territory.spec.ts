import fc from 'fast-check';
import { chooseHub, type TerritoryRow } from './routing';
import { changeTerritory, replaceHub } from './territory';

const row = (hubId: string, from: string, to: string | null = null, placeCode = 'MA-03'): TerritoryRow => ({
  placeCode,
  hubId,
  role: 'managing',
  from,
  to,
});
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);

test('the row of the day ends, the new one holds until the next change that is planned', () => {
  const rows = [row('a', '2020-01-01', '2027-01-01'), row('b', '2027-01-01')];
  const change = { placeCode: 'MA-03', hubId: 'c', role: 'interim' as const, from: '2026-06-01' };
  expect(changeTerritory(rows, change)).toEqual([
    row('a', '2020-01-01', '2026-06-01'),
    { ...row('c', '2026-06-01', '2027-01-01'), role: 'interim' },
    row('b', '2027-01-01'),
  ]);
  expect(changeTerritory(rows, { ...change, from: '2027-01-01' }).map((one) => one.hubId)).toEqual(['a', 'c']);
});

test('a hub that stops is followed by the interim one, also where it was to begin later', () => {
  const rows = [row('a', '-infinity'), row('b', '2026-01-01'), row('a', '2028-01-01', null, 'MA-04')];
  expect(replaceHub([rows[0], rows[2]], { hubId: 'a', interimHubId: 'n', from: '2026-11-24' })).toEqual([
    row('a', '-infinity', '2026-11-24'),
    { ...row('n', '2026-11-24'), role: 'interim' },
    { ...row('n', '2028-01-01', null, 'MA-04'), role: 'interim' },
  ]);
  expect(replaceHub(rows, { hubId: 'z', interimHubId: 'n', from: '2026-11-24' })).toEqual([]);
});

const step = fc.record({
  hub: fc.constantFrom('a', 'b', 'c'),
  from: fc.integer({ min: 0, max: 400 }),
  replaced: fc.boolean(),
});

test('after any changes no day has two rows, and the days before a change keep theirs', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 0, max: 450 }), (steps, asked) => {
      let rows: TerritoryRow[] = [];
      for (const { hub, from, replaced } of steps) {
        const at = day(from);
        const before = rows;
        const replacement = replaceHub(rows, { hubId: hub, interimHubId: 'n', from: at });
        const change = { placeCode: 'MA-03', hubId: hub, role: 'managing' as const, from: at };
        if (!replaced) rows = changeTerritory(rows, change);
        // All rows are of one place: it changes whole, or not at all.
        else if (replacement.length > 0) rows = replacement;
        const holding = rows.filter((one) => one.from <= day(asked) && (one.to === null || day(asked) < one.to));
        expect(holding.length).toBeLessThanOrEqual(1);
        expect(rows.every((one) => one.to === null || one.from < one.to)).toBe(true);
        if (day(asked) < at) {
          const place = { code: 'MA-03', parentCode: null };
          expect(chooseHub(rows, place, day(asked), 'n').hubId).toBe(chooseHub(before, place, day(asked), 'n').hubId);
        }
      }
    }),
  );
});
