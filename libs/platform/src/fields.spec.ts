import { isDay, parseInstant } from './fields';

describe('a day', () => {
  it.each(['2024-02-29', '1900-01-01', '2199-12-31'])('%s exists', (text) => expect(isDay(text)).toBe(true));

  it.each(['2026-02-29', '2026-02-30', '2026-13-01', '2026-1-1', '1899-12-31', '2200-01-01', '', null, 20260101])(
    '%s is refused',
    (value) => expect(isDay(value)).toBe(false),
  );
});

describe('an instant', () => {
  it('is read with its offset', () => {
    expect(parseInstant('2026-11-23T12:00:00+01:00')).toEqual(new Date('2026-11-23T11:00:00Z'));
    expect(parseInstant('2026-11-23T12:00Z')).toEqual(new Date('2026-11-23T12:00:00Z'));
  });

  it.each([
    '2026-11-23',
    '2026-11-23T12:00:00',
    '2026-02-30T12:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23 12:00Z',
    '',
  ])('%s is refused', (text) => expect(parseInstant(text)).toBeNull());
});
