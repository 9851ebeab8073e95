import { createRequire } from 'node:module';
import path from 'node:path';
import type { Messages } from '@lingui/core';
import fc from 'fast-check';
import {
  agoText,
  dateText,
  localTime,
  longDateText,
  longDateTimeText,
  longDuration,
  nearText,
  offsetOf,
  readZone,
  recentText,
  shortDuration,
  startZone,
} from './dates';
import { blockDirection, textBlocks, textRuns } from './direction';
import { startI18n, t } from './i18n';
import { formatNumber, formatPercent } from './numbers';
import { phoneText } from './phone-text';
import { slaState, type SlaClock } from './sla-state';

interface Compiler {
  compileCatalogue(file: string): Messages;
}
const { compileCatalogue } = createRequire(__filename)('../../../config/compile-catalogue.cjs') as Compiler;
const speak = (locale: 'fr' | 'ar'): void =>
  startI18n(locale, compileCatalogue(path.join(__dirname, 'locales', `${locale}.po`)));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('numbers', () => {
  it.each([
    [12345.6, 2, '12\u202f345,60'],
    [1000000, undefined, '1\u202f000\u202f000'],
    [0.5, undefined, '0,5'],
    [-15, undefined, '\u221215'],
    [-0.001, undefined, '0'],
  ])('%p with %p decimals is %p', (value, decimals, text) => expect(formatNumber(value, decimals)).toBe(text));

  it('writes shares as percentages', () => expect(formatPercent(0.924)).toBe('92\u202f%'));

  it('keeps every digit of a whole number', () => {
    fc.assert(
      fc.property(fc.integer(), (n) => {
        expect(
          formatNumber(n)
            .replace(/\u202f/g, '')
            .replace('\u2212', '-'),
        ).toBe(String(n));
      }),
    );
  });
});

describe('dates', () => {
  const now = localTime('2026-11-23T14:05:00Z', 0);

  it('takes the offset that is written, then the table of the page', () => {
    startZone('1789866000:60 :0');
    expect(readZone('1789866000:60 :0 nonsense')).toEqual([
      [1789866000000, 60],
      [Infinity, 0],
    ]);
    expect(offsetOf('2026-11-25T16:30:00+01:00')).toBe(60);
    expect(offsetOf('2026-08-01T12:00:00Z')).toBe(60);
    expect(offsetOf('2026-11-23T12:00:00Z')).toBe(0);
    expect(localTime('2026-08-01T12:00:00Z')).toMatchObject({ hour: 13, weekday: 6 });
  });

  it('speaks French', () => {
    speak('fr');
    const due = localTime('2026-11-25T16:30:00+00:00');
    expect(dateText(due)).toBe('25/11/2026');
    expect(longDateText(due, now)).toBe('mercredi 25 novembre');
    expect(longDateTimeText(due, now)).toBe('mercredi 25 novembre, 16:30');
    expect(longDateText(localTime('2027-01-01T08:00:00Z', 0), now)).toBe('vendredi 1er janvier 2027');
    expect(nearText(localTime('2026-11-23T16:30:00Z', 0), now)).toBe('à 16:30');
    expect(nearText(localTime('2026-11-24T08:30:00Z', 0), now)).toBe('demain à 08:30');
    expect(nearText(localTime('2026-11-27T08:30:00Z', 0), now)).toBe('vendredi à 08:30');
    expect(recentText(localTime('2026-11-22T08:30:00Z', 0), now)).toBe('hier');
    expect(agoText('2026-11-23T11:00:00Z', '2026-11-23T14:05:00Z')).toBe('il y a 3 heures');
    expect([29 * MINUTE, 70 * MINUTE, 2 * HOUR, -12 * MINUTE, 50 * HOUR].map(shortDuration)).toEqual([
      '29\u00a0min',
      '1\u00a0h\u00a0\u206810\u2069',
      '2\u00a0h',
      '12\u00a0min',
      '2\u00a0j',
    ]);
    expect(longDuration(HOUR)).toBe('1 heure');
  });

  it('speaks Arabic with the months of Morocco and all its numbers', () => {
    speak('ar');
    const due = localTime('2026-11-25T16:30:00+00:00');
    expect(longDateTimeText(due, now)).toBe('الأربعاء 25 نونبر، 16:30');
    expect([1, 2, 3, 11, 100].map((n) => longDuration(n * 24 * HOUR))).toEqual([
      'يوم واحد',
      'يومان',
      '3 أيام',
      '11 يوما',
      '100 يوم',
    ]);
  });

  it('isolates the names in a sentence', () => {
    speak('fr');
    expect(t('ui.size.kb', { size: '84' })).toBe('\u206884\u2069 ko');
  });
});

describe('the direction of what people write', () => {
  it.each([
    ['MS-26-004217-8 لم يصل الوصل', 'rtl'],
    ['https://example.org وصل', 'rtl'],
    ['@يوسف peux-tu relire ?', 'ltr'],
    ['Le caïd a dit : لا', 'ltr'],
    ['06 61 23 45 67', 'ltr'],
    ['@يوسف', 'rtl'],
  ])('%s', (text, direction) => expect(blockDirection(text)).toBe(direction));

  it('gives each line its own', () => {
    expect(textBlocks('سؤال\n\nEt une phrase.').map((block) => block.direction)).toEqual(['rtl', 'ltr']);
  });

  it.each([
    ['اتصلوا على 06 61 23 45 67 غدا', ['06 61 23 45 67']],
    ['يوم 23/11/2026 على 09:00-12:30', ['23/11/2026', '09:00-12:30']],
    ['المرجع MS-26-004217-8.', ['MS-26-004217-8']],
    ['+212 661 234567', ['+212 661 234567']],
    ['https://example.org/a.', ['https://example.org/a']],
  ])('finds what stands left to right in %s', (text, found) => {
    const runs = textRuns(text);
    expect(runs.filter((run) => run.fixed).map((run) => run.text)).toEqual(found);
    expect(runs.map((run) => run.text).join('')).toBe(text);
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(
          textRuns(text)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

it('groups a Moroccan number, and never breaks it', () => {
  expect(phoneText('+212661234567')).toBe('06\u00a061\u00a023\u00a045\u00a067');
  expect(phoneText('+33123456789')).toBe('+33123456789');
});

describe('the state of a promise', () => {
  const due = Date.parse('2026-11-25T16:00:00Z');
  const clock: SlaClock = {
    state: 'running',
    startedAt: '2026-11-25T06:00:00Z',
    dueAt: '2026-11-25T16:00:00Z',
  };
  it.each([
    [3 * HOUR, 'calm'],
    [2.5 * HOUR, 'soon'],
    [HOUR, 'urgent'],
    [1, 'urgent'],
    [0, 'late'],
    [-HOUR, 'late'],
  ])('%p ms before it is due: %p', (left, state) => expect(slaState(clock, due - left)).toBe(state));

  it('follows what the server says, and stands still with the clock', () => {
    expect(slaState({ ...clock, urgentAt: '2026-11-25T10:00:00Z' }, due - 5 * HOUR)).toBe('urgent');
    expect(slaState({ ...clock, state: 'paused', dueAt: null }, due)).toBe('paused');
    expect(slaState({ ...clock, state: 'met' }, due)).toBe('met');
    expect(slaState({ ...clock, state: 'cancelled' }, due)).toBeNull();
  });
});
