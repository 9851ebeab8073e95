import type { CalendarDefinition, Closure } from './calendar';
import { changeSeason, mergeClosures, placeClosure, removeClosure } from './closures';

const names = { nameFr: 'Aïd', nameAr: 'عيد' };
const eid: Closure = { date: '2027-03-10', key: 'eid', ...names, status: 'provisional' };
const throne: Closure = { date: '2027-07-30', key: 'throne', ...names, status: 'confirmed' };
const season = { key: 'ramadan', ...names, from: '2027-02-08', to: '2027-03-09', week: {} as never, confirmed: false };
const calendar = (closures: Closure[]): CalendarDefinition => ({ closures, seasons: [season] }) as never;

describe('a day off', () => {
  const now = calendar([eid, throne]);

  it('is confirmed, moved and added', () => {
    expect(placeClosure(now, { date: eid.date, status: 'confirmed' }).closures).toEqual([
      { ...eid, status: 'confirmed' },
      throne,
    ]);
    expect(placeClosure(now, { date: eid.date, to: '2027-03-11', status: 'confirmed' }).closures[0]).toEqual({
      ...eid,
      date: '2027-03-11',
      status: 'confirmed',
    });
    const added = { date: '2027-01-01', key: 'new', ...names, status: 'confirmed' as const };
    expect(placeClosure(now, added).closures).toEqual([added, eid, throne]);
  });

  it.each([
    ['without names', { date: '2027-01-01', status: 'confirmed' as const }, '/key'],
    ['moved from a day that has none', { date: '2027-01-01', to: '2027-01-02', status: 'confirmed' as const }, '/date'],
    ['moved onto itself', { date: eid.date, to: throne.date, key: 'eid', status: 'confirmed' as const }, '/to'],
  ])('is refused %s', (_, change, pointer) => {
    const twice = calendar([eid, { ...eid, date: throne.date }]);
    expect(() => placeClosure(twice, change)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }),
    );
  });

  it('that is two holidays needs the key of one', () => {
    const both = calendar([eid, { ...throne, date: eid.date }]);
    expect(() => placeClosure(both, { date: eid.date, status: 'confirmed' })).toThrow();
    expect(
      placeClosure(both, { date: eid.date, key: 'eid', to: '2027-03-11', status: 'confirmed' }).closures,
    ).toHaveLength(2);
    expect(removeClosure(both, eid.date, 'throne').closures).toEqual([eid]);
    expect(() => removeClosure(both, '2027-12-31')).toThrow();
  });

  it('from a file replaces its like and leaves the others', () => {
    const given = [{ ...eid, status: 'confirmed' as const }, { ...throne }, { ...eid, date: '2028-02-28' }];
    expect(mergeClosures(now, given)).toMatchObject({
      added: 1,
      changed: 1,
      definition: { closures: [given[0], throne, given[2]] },
    });
    expect(mergeClosures(now, [])).toMatchObject({ added: 0, changed: 0, definition: now });
  });
});

it('a season is switched off and on, confirmed and moved', () => {
  const now = calendar([]);
  expect(changeSeason(now, { key: 'ramadan', on: false }).seasons).toEqual([{ ...season, off: true }]);
  const off = changeSeason(now, { key: 'ramadan', on: false });
  expect(changeSeason(off, { key: 'ramadan', to: '2027-03-08' }).seasons[0]).toMatchObject({
    off: true,
    to: '2027-03-08',
  });
  expect(changeSeason(off, { key: 'ramadan', on: true, confirmed: true }).seasons).toEqual([
    { ...season, confirmed: true },
  ]);
  expect(() => changeSeason(now, { key: 'carnival' })).toThrow();
});
