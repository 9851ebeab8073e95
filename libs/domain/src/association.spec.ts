import fc from 'fast-check';
import { completeMandate, datesInOrder, renewalDate } from './association';
import { dateOfDay, dayNumber } from './zone';

const day = fc.integer({ min: dayNumber('1958-11-15'), max: dayNumber('2100-12-31') }).map(dateOfDay);

describe('the renewal of a mandate', () => {
  it('is the same day after whole years, the 28th when there is no 29 February', () => {
    expect(renewalDate('2024-07-25', 4)).toBe('2028-07-25');
    expect(renewalDate('2024-02-29', 2)).toBe('2026-02-28');
    expect(renewalDate('2024-02-29', 4)).toBe('2028-02-29');
  });

  it('is a real day, and never before the assembly', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 10 }), (lastAssemblyOn, years) => {
        const { nextRenewalOn } = completeMandate<{ nextRenewalOn?: string; lastAssemblyOn: string; years: number }>({
          lastAssemblyOn,
          years,
        });
        expect(dayNumber(nextRenewalOn ?? '')).toBeGreaterThan(dayNumber(lastAssemblyOn));
      }),
    );
  });

  it('stays as given, and unknown without a length', () => {
    expect(completeMandate({ years: 2, lastAssemblyOn: '2024-01-01', nextRenewalOn: '2025-06-01' })).toMatchObject({
      nextRenewalOn: '2025-06-01',
    });
    expect(completeMandate({ lastAssemblyOn: '2024-01-01' })).toEqual({ lastAssemblyOn: '2024-01-01' });
  });
});

describe('dates that run backwards', () => {
  it('are named by their pointers; equal and missing ones are in order', () => {
    expect(
      datesInOrder({
        mandate: { lastAssemblyOn: '2026-01-02', nextRenewalOn: '2026-01-01' },
        receipts: [
          { provisionalOn: '2026-01-01', finalOn: '2026-01-01' },
          { provisionalOn: null, finalOn: '2026-01-01' },
          { provisionalOn: '2026-01-02', finalOn: '2026-01-01' },
        ],
      }).map(({ pointer }) => pointer),
    ).toEqual(['/mandate/nextRenewalOn', '/receipts/2/finalOn']);
    expect(datesInOrder({})).toEqual([]);
  });
});
