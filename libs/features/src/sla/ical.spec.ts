import type { CalendarDefinition } from '@app/domain/calendar';
import { closuresFromIcal, icalOfClosures, MAX_ICAL_CHARACTERS } from './ical';

const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'].join('\r\n');
const file = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...events, 'END:VCALENDAR', ''].join('\r\n');
const dates = (...lines: string[]): string[] =>
  closuresFromIcal(file(event('SUMMARY:x', ...lines))).map((one) => one.date);
const refused = (text: string): string[] => {
  try {
    closuresFromIcal(text);
    return [];
  } catch (error) {
    return (error as { errors: { pointer: string; code: string }[] }).errors.map((one) => `${one.pointer} ${one.code}`);
  }
};

describe('an iCalendar file', () => {
  it.each([
    ['one day, without an end', ['DTSTART;VALUE=DATE:20270730'], ['2027-07-30']],
    [
      'the end is not part of it',
      ['DTSTART;VALUE=DATE:20270310', 'DTEND;VALUE=DATE:20270312'],
      ['2027-03-10', '2027-03-11'],
    ],
    ['a duration', ['DTSTART;VALUE=DATE:20271230', 'DURATION:P3D'], ['2027-12-30', '2027-12-31', '2028-01-01']],
    [
      'each year, three times',
      ['DTSTART;VALUE=DATE:20270111', 'RRULE:FREQ=YEARLY;COUNT=3'],
      ['2027-01-11', '2028-01-11', '2029-01-11'],
    ],
    [
      'each year until one',
      ['DTSTART;VALUE=DATE:20270111', 'RRULE:FREQ=YEARLY;UNTIL=20280111'],
      ['2027-01-11', '2028-01-11'],
    ],
    [
      'each week but one',
      ['DTSTART;VALUE=DATE:20270104', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20270111'],
      ['2027-01-04', '2027-01-18'],
    ],
    ['cancelled', ['DTSTART;VALUE=DATE:20270730', 'STATUS:CANCELLED'], []],
  ])('%s', (_, lines, expected) => {
    expect(dates(...lines)).toEqual(expected);
  });

  it('takes names, keys and what is tentative', () => {
    const [one] = closuresFromIcal(file(event('DTSTART;VALUE=DATE:20270310', 'SUMMARY:عيد الفطر', 'STATUS:TENTATIVE')));
    expect(one).toEqual({
      date: '2027-03-10',
      key: 'u',
      nameFr: 'عيد الفطر',
      nameAr: 'عيد الفطر',
      status: 'provisional',
    });
  });

  it('one day of a repetition may be another event', () => {
    const yearly = event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x', 'RRULE:FREQ=YEARLY;COUNT=2');
    const moved = event('DTSTART;VALUE=DATE:20280112', 'SUMMARY:x', 'RECURRENCE-ID;VALUE=DATE:20280111');
    expect(closuresFromIcal(file(yearly, moved)).map((one) => one.date)).toEqual(['2027-01-11', '2028-01-12']);
  });

  it.each([
    ['nothing', '', ['/ical not_a_calendar']],
    ['a text', 'bonjour', ['/ical not_a_calendar']],
    ['no end', 'BEGIN:VCALENDAR', ['/ical not_a_calendar']],
    ['a card', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD', ['/ical not_a_calendar']],
    ['no events', file(), ['/ical empty']],
    ['too large', 'x'.repeat(MAX_ICAL_CHARACTERS + 1), ['/ical too_long']],
    [
      'too many events',
      file(...Array.from({ length: 501 }, () => event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x'))),
      ['/ical too_many'],
    ],
    ['a time of day', file(event('DTSTART:20270111T080000Z', 'SUMMARY:x')), ['/ical/0/dtstart all_day_expected']],
    [
      'a date that does not exist',
      file(event('DTSTART;VALUE=DATE:20270230', 'SUMMARY:x')),
      ['/ical/0/dtstart invalid_date'],
    ],
    ['no start, no name', file(event('DESCRIPTION:x')), ['/ical/0/dtstart required', '/ical/0/summary required']],
    [
      'an end before the start',
      file(event('DTSTART;VALUE=DATE:20270111', 'DTEND;VALUE=DATE:20270110', 'SUMMARY:x')),
      ['/ical/0/dtend out_of_range'],
    ],
    [
      'a repetition without end',
      file(event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x', 'RRULE:FREQ=YEARLY')),
      ['/ical/0/rrule no_end'],
    ],
    [
      'every second',
      file(event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x', 'RRULE:FREQ=SECONDLY;COUNT=9')),
      ['/ical/0/rrule not_supported'],
    ],
    [
      'a step without end',
      file(event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x', 'RRULE:FREQ=WEEKLY;INTERVAL=99999999;COUNT=9')),
      ['/ical/0/rrule not_supported'],
    ],
    [
      'a thousand days',
      file(event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x', 'RRULE:FREQ=DAILY;COUNT=1500')),
      ['/ical/0/rrule too_many'],
    ],
    [
      'too far',
      file(event('DTSTART;VALUE=DATE:20270111', 'SUMMARY:x', 'RRULE:FREQ=YEARLY;COUNT=99')),
      ['/ical/0/rrule too_far'],
    ],
  ])('refuses %s', (_, text, problems) => {
    expect(refused(text)).toEqual(problems);
  });

  it('goes out as it comes in', () => {
    const names = { nameFr: 'Aïd Al-Fitr, 1er ; et 2e', nameAr: 'عيد الفطر' };
    const closures = ['2027-03-10', '2027-03-11', '2027-07-30'].map((date, i) => ({
      ...{ date, key: i < 2 ? 'eid' : 'throne', ...names },
      status: i < 2 ? ('provisional' as const) : ('confirmed' as const),
    }));
    const text = icalOfClosures(
      { code: 'MA', nameFr: 'x', nameAr: 'س' },
      { closures } as CalendarDefinition,
      new Date('2026-11-23T12:00:00Z'),
    );
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(closuresFromIcal(text)).toEqual(closures);
  });
});
