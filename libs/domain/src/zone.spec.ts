import fc from 'fast-check';
import moment from 'moment-timezone';
import { Refusal } from './refusal';
import {
  checkZoneSource,
  dateOfDay,
  dayNumber,
  HUB_ZONE,
  isZone,
  localInstants,
  localParts,
  localSpans,
  offsetMinutes,
  toLocalIso,
} from './zone';

const at = (iso: string) => new Date(iso);
const isoOf = (instants: Date[]) => instants.map((instant) => instant.toISOString().slice(0, 16));
const ZONES = [HUB_ZONE, 'Europe/Paris', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC'];
const instants = fc
  .integer({ min: Date.UTC(1950, 0), max: Date.UTC(2037, 0) })
  .map((ms) => new Date(Math.floor(ms / 1000) * 1000));

describe('the zone source', () => {
  it('is right about Morocco before and after the change', () => {
    expect(() => checkZoneSource()).not.toThrow();
    expect(toLocalIso(at('2026-08-01T12:00:00Z'))).toBe('2026-08-01T13:00:00+01:00');
    expect(toLocalIso(at('2026-11-23T12:00:00Z'))).toBe('2026-11-23T12:00:00+00:00');
  });

  it('is refused when it still says UTC+1, or never said it', () => {
    expect(() => checkZoneSource(() => 60)).toThrow(/Africa\/Casablanca.*2026-11-23.*60 minutes instead of 0/);
    expect(() => checkZoneSource(() => 0)).toThrow(/2026-08-01/);
  });

  it('refuses an unknown zone and another spelling of a known one', () => {
    for (const zone of ['Mars/X', '', 'africa/casablanca', 'constructor', '__proto__']) {
      expect(() => offsetMinutes(at('2026-01-01T00:00:00Z'), zone)).toThrow(Refusal);
      expect(isZone(zone)).toBe(false);
    }
    expect(isZone(HUB_ZONE)).toBe(true);
    expect(() => offsetMinutes(new Date(NaN))).toThrow(Refusal);
  });
});

describe('offsets of Casablanca', () => {
  // Every change from 2023 to 2026: instant, offset before, offset after.
  it.each([
    ['2023-03-19T02:00:00Z', 60, 0],
    ['2023-04-23T02:00:00Z', 0, 60],
    ['2024-03-10T02:00:00Z', 60, 0],
    ['2024-04-14T02:00:00Z', 0, 60],
    ['2025-02-23T02:00:00Z', 60, 0],
    ['2025-04-06T02:00:00Z', 0, 60],
    ['2026-02-15T02:00:00Z', 60, 0],
    ['2026-03-22T02:00:00Z', 0, 60],
    ['2026-09-20T01:00:00Z', 60, 0],
  ])('change at %s', (iso, before, after) => {
    expect(offsetMinutes(new Date(at(iso).getTime() - 1))).toBe(before);
    expect(offsetMinutes(at(iso))).toBe(after);
  });

  it('never change again, not even for Ramadan 2027', () => {
    for (let day = dayNumber('2026-09-21'); day < dayNumber('2031-12-31'); day += 5) {
      expect(offsetMinutes(at(`${dateOfDay(day)}T12:00:00Z`))).toBe(0);
    }
  });
});

describe('local times', () => {
  it.each([
    ['D10 repeated hour', '2026-02-15', 150, HUB_ZONE, ['2026-02-15T01:30', '2026-02-15T02:30']],
    ['D10 missing hour', '2026-03-22', 150, HUB_ZONE, []],
    ['D11 repeated hour of the change to UTC+0', '2026-09-20', 90, HUB_ZONE, ['2026-09-20T00:30', '2026-09-20T01:30']],
    ['D11 after the change', '2026-09-20', 150, HUB_ZONE, ['2026-09-20T02:30']],
    ['D11 on the first Monday', '2026-09-21', 510, HUB_ZONE, ['2026-09-21T08:30']],
    ['D12 missing hour', '2026-03-29', 150, 'Europe/Paris', []],
    ['D12 repeated hour', '2026-10-25', 150, 'Europe/Paris', ['2026-10-25T00:30', '2026-10-25T01:30']],
    ['midnight that ends a day', '2026-11-23', 1440, HUB_ZONE, ['2026-11-24T00:00']],
    ['a day that Samoa skipped', '2011-12-30', 720, 'Pacific/Apia', []],
  ])('%s', (_name, date, minute, zone, expected) => {
    expect(isoOf(localInstants(date, minute, zone))).toEqual(expected);
  });

  it('bounds the missing hour exactly', () => {
    expect(localInstants('2026-03-22', 119)).toHaveLength(1);
    expect(localInstants('2026-03-22', 120)).toHaveLength(0);
    expect(localInstants('2026-03-22', 180)).toHaveLength(1);
  });

  it('gives date, minute and weekday', () => {
    expect(localParts(at('2026-11-23T12:00:30Z'))).toEqual({ date: '2026-11-23', minute: 720.5, weekday: 1 });
    expect(localParts(at('2026-08-01T23:30:00Z'))).toEqual({ date: '2026-08-02', minute: 30, weekday: 7 });
    expect(localParts(at('1969-12-28T12:00:00Z'), 'UTC').weekday).toBe(7);
  });

  it('refuses dates that do not exist', () => {
    for (const date of ['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-01', '']) {
      expect(dayNumber(date)).toBeNaN();
      expect(() => localInstants(date, 0)).toThrow(Refusal);
    }
  });

  it('writes negative and half-hour offsets', () => {
    expect(toLocalIso(at('2026-01-15T12:00:00Z'), 'America/St_Johns')).toBe('2026-01-15T08:30:00-03:30');
    expect(toLocalIso(at('1900-01-01T00:00:00Z'))).toBe('1899-12-31T23:30:00-00:30');
  });

  it('property: an instant is among the instants of its own local time', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const { date, minute } = localParts(instant, zone);
        expect(localInstants(date, minute, zone).map(Number)).toContain(instant.getTime());
      }),
      { numRuns: 2000 },
    );
  });

  it('property: every text names its instant, and agrees with the calendar library', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const text = toLocalIso(instant, zone);
        expect(Date.parse(text)).toBe(instant.getTime());
        expect(text.slice(0, 19)).toBe(moment.tz(instant, zone).format('YYYY-MM-DDTHH:mm:ss'));
        expect(localParts(instant, zone).weekday).toBe(moment.tz(instant, zone).isoWeekday());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('local spans', () => {
  const hours = (date: string, from: number, to: number, zone = HUB_ZONE) =>
    localSpans(date, from * 60, to * 60, zone).reduce((sum, [start, end]) => sum + (end - start) / 3_600_000, 0);

  it('count a repeated hour twice and a missing one not at all', () => {
    expect(hours('2026-02-15', 2, 3)).toBe(2);
    expect(hours('2026-03-22', 2, 3)).toBe(0);
    expect(hours('2026-09-20', 0, 24)).toBe(25);
    expect(hours('2026-09-21', 0, 24)).toBe(24);
    expect(hours('2026-03-29', 0, 24, 'Europe/Paris')).toBe(23);
    expect(hours('2011-12-30', 0, 24, 'Pacific/Apia')).toBe(0);
  });

  it('cut a half-open repeated hour in two', () => {
    expect(localSpans('2026-02-15', 60, 150, HUB_ZONE)).toEqual([
      [Date.parse('2026-02-15T00:00Z'), Date.parse('2026-02-15T01:30Z')],
      [Date.parse('2026-02-15T02:00Z'), Date.parse('2026-02-15T02:30Z')],
    ]);
  });
});
