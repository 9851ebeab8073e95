import { type CalendarDefinition, checkCalendar, type Closure, type Season } from '@app/domain/calendar';
import { checkPolicy, type PolicyDefinition } from '@app/domain/sla-policy';
import { Entry, uniqueCodes } from './entry';

export interface CalendarRow {
  code: string;
  name_fr: string;
  name_ar: string;
  definition: CalendarDefinition;
}

export interface PolicyRow {
  code: string;
  position: number;
  definition: PolicyDefinition;
}

/** What conditions may name. */
export interface PolicyCodes {
  categories: ReadonlySet<string>;
  calendars: ReadonlySet<string>;
  hubs: ReadonlySet<string>;
}

const STATUSES = ['official', 'past_unconfirmed', 'expected'] as const;

/** Calendars with the seasons and days off of the holidays file; only an official date is confirmed. */
export function readCalendars(dir: string): CalendarRow[] {
  const file = Entry.ofFile(dir, 'calendar.json');
  const holidays = Entry.ofFile(dir, 'holidays.json');
  const calendars = file.entries('calendars', 'key');
  uniqueCodes(calendars, 'key');
  const closures = [...fixedClosures(holidays), ...islamicClosures(holidays)].sort(byDate);
  return calendars.map((entry) => ({
    code: entry.text('key'),
    name_fr: entry.text('name_fr'),
    name_ar: entry.text('name_ar'),
    definition: entry.checked(() =>
      checkCalendar({
        zone: entry.text('timezone'),
        week: entry.get('week'),
        seasons: entry.each('seasons').flatMap((season) => seasonsOf(season, holidays)),
        closures,
        overrides: [],
      }),
    ),
  }));
}

function byDate(a: Closure, b: Closure): number {
  return a.date < b.date ? -1 : Number(a.date > b.date);
}

/** Every year of the file from the first one that knew the day. */
function fixedClosures(holidays: Entry): Closure[] {
  const years = holidays.inside('years');
  const [first, last] = [years.count('from', 1), years.count('to', 1)];
  return holidays.entries('fixed', 'key').flatMap((entry) => {
    const day = entry.matching('month_day', /^\d\d-\d\d$/, 'MM-DD');
    const from = entry.get('from_year') === null ? first : Math.max(first, entry.count('from_year', 1));
    const names = { key: entry.text('key'), nameFr: entry.text('fr'), nameAr: entry.text('ar') };
    return Array.from({ length: last - from + 1 }, (_, i) => {
      return { date: `${from + i}-${day}`, ...names, status: 'confirmed' as const };
    });
  });
}

function islamicClosures(holidays: Entry): Closure[] {
  const rules = holidays.entries('islamic_rules', 'key');
  const keys = uniqueCodes(rules, 'key');
  const names = new Map(rules.map((rule) => [rule.text('key'), { nameFr: rule.text('fr'), nameAr: rule.text('ar') }]));
  return holidays.entries('islamic_dates', 'key').flatMap((entry) => {
    const key = entry.known('key', keys, 'holiday');
    const status = entry.oneOf('status', STATUSES) === 'official' ? 'confirmed' : 'provisional';
    const days = entry.texts('days_off_public');
    if (days[0] !== entry.day('date')) entry.fail('days_off_public[0]', 'must be the date of the holiday');
    return days.map((date) => ({ date, key, nameFr: '', nameAr: '', ...names.get(key), status }));
  });
}

/** The Ramadan season of a calendar, once for every Ramadan known. */
function seasonsOf(season: Entry, holidays: Entry): Season[] {
  if (season.text('key') !== 'ramadan') season.fail('key', 'must be ramadan: no other season has dates');
  return holidays.entries('ramadan', 'hijri_year').map((period) => ({
    key: `ramadan-${period.count('hijri_year', 1)}`,
    nameFr: season.text('name_fr'),
    nameAr: season.text('name_ar'),
    from: period.day('start'),
    to: period.day('end'),
    week: season.get('week') as Season['week'],
    confirmed: period.oneOf('status', STATUSES) === 'official',
  }));
}

/** National policies in order; the last one must hold always, so that no ticket goes without a promise. */
export function readPolicies(dir: string, codes: PolicyCodes): PolicyRow[] {
  const entries = Entry.ofFile(dir, 'policies.json').entries('policies', 'key');
  uniqueCodes(entries, 'key');
  const rows = entries.map((entry) => {
    entry.known('calendar', codes.calendars, 'calendar');
    const definition = entry.checked(() => checkPolicy(camelKeys(entry.value)));
    checkConditions(entry, codes);
    return { code: definition.key, position: definition.position, definition };
  });
  rows.forEach(({ position }, i) => {
    if (i > 0 && position <= rows[i - 1].position) entries[i].fail('position', 'must be greater than the one before');
  });
  if (rows.length > 0 && rows[rows.length - 1].definition.conditions.length > 0) {
    entries[rows.length - 1].fail('conditions', 'must be empty: the last policy holds always');
  }
  return rows;
}

function checkConditions(entry: Entry, codes: PolicyCodes): void {
  const prefixes = new Set([...codes.categories].map((code) => code.split('.')[0]));
  for (const condition of entry.each('conditions')) {
    const field = condition.text('field');
    if (field === 'category') condition.manyKnown('values', codes.categories, 'category');
    if (field === 'category_prefix') condition.manyKnown('values', prefixes, 'category');
    if (field === 'hub') condition.manyKnown('values', codes.hubs, 'hub');
  }
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      camelKeys(one),
    ]),
  );
}
