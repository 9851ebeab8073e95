import {
  HUB_STATUSES,
  type HubStatus,
  SKILL_TYPES,
  type SkillType,
  TERRITORY_ROLES,
  type TerritoryRole,
} from '@app/domain/hub';
import type { RuleCondition } from '@app/domain/routing';
import { CATEGORY_SKILL, RULE_FIELDS } from '@app/domain/routing-rules';
import { CHANNELS, KINDS } from '@app/domain/ticket';
import { Entry, uniqueCodes } from './entry';
import type { PlaceRow } from './places';

export interface HubRow {
  code: string;
  name_fr: string;
  name_ar: string;
  status: HubStatus;
  is_national: boolean;
  managing_name_fr: string | null;
  managing_name_ar: string | null;
  seat_code: string;
  phone: string | null;
  callback_phone: string | null;
  email: string | null;
  languages: string[];
  branding: Record<string, unknown>;
  calendar: string;
  queues: string[];
}

export interface TerritoryRow {
  place_code: string;
  hub: string;
  role: TerritoryRole;
  valid: string;
}

export interface AgreementRow {
  from: string;
  to: string;
  what: string[];
  queue_codes: string[];
  valid: string;
}

export interface QueueRow {
  code: string;
  kind: string | null;
  name_fr: string;
  name_ar: string;
  settings: Record<string, unknown>;
}

export interface RuleRow {
  position: number;
  conditions: RuleCondition[];
  queue_code: string;
  required_skills: { skill: string; level: number }[];
  reason_fr: string;
  reason_ar: string;
}

export interface SkillRow {
  code: string;
  type: SkillType;
  name_fr: string;
  name_ar: string;
  category_prefixes: string[];
  levels: number[];
}

const AGREEMENT_SUBJECTS = ['overflow', 'consultation'] as const;

export function readHubs(dir: string, places: readonly PlaceRow[], calendars: ReadonlySet<string>): HubRow[] {
  const file = Entry.ofFile(dir, 'hubs.json');
  const entries = file.entries('hubs', 'code');
  const placeCodes = new Set(places.map((place) => place.code));
  const queues = uniqueCodes(Entry.ofFile(dir, 'queues.json').entries('queues', 'code'), 'code');
  const national = file.known('fallback_hub', uniqueCodes(entries, 'code'), 'hub');
  return entries.map((entry) => {
    const managing = entry.get('managing_association') === null ? null : entry.inside('managing_association');
    const code = entry.matching('code', /^[A-Z]{2}$/, 'two capital letters');
    if (entry.flag('is_national') !== (code === national))
      entry.fail('is_national', 'must be true for fallback_hub only');
    return {
      code,
      name_fr: entry.text('name_fr'),
      name_ar: entry.text('name_ar'),
      status: entry.oneOf('status', HUB_STATUSES),
      is_national: entry.flag('is_national'),
      managing_name_fr: managing?.text('name_fr') ?? null,
      managing_name_ar: managing?.text('name_ar') ?? null,
      seat_code: entry.known('seat_province', placeCodes, 'place'),
      phone: entry.textOrNull('phone'),
      callback_phone: entry.textOrNull('callback_phone'),
      email: entry.textOrNull('email'),
      languages: entry.texts('languages'),
      branding: brandingOf(entry),
      calendar: entry.known('calendar', calendars, 'calendar'),
      queues: entry.manyKnown('queues', queues, 'queue'),
    };
  });
}

function brandingOf(entry: Entry): Record<string, unknown> {
  const branding = entry.inside('branding');
  return {
    accent: branding.matching('accent', /^#[0-9a-f]{6}$/, 'a colour such as #3c46ad'),
    greetingFr: branding.text('greeting_fr'),
    greetingAr: branding.text('greeting_ar'),
    demonstration: entry.flag('demonstration'),
  };
}

/** Rows of one place never overlap: exactly one hub answers on any day. */
export function readTerritories(dir: string, places: readonly PlaceRow[], hubs: ReadonlySet<string>): TerritoryRow[] {
  const placeCodes = new Set(places.map((place) => place.code));
  const seen: { place: string; from: string; to: string | null }[] = [];
  return Entry.ofFile(dir, 'hubs.json')
    .entries('territories', 'hub')
    .map((entry) => {
      const province = entry.get('province') !== null;
      const place = entry.known(province ? 'province' : 'region', placeCodes, 'place');
      const [from, to] = [entry.day('valid_from'), entry.dayOrNull('valid_to')];
      if (seen.some((one) => one.place === place && overlaps(one, { from, to }))) {
        entry.fail('valid_from', `overlaps another territory of ${place}`);
      }
      seen.push({ place, from, to });
      const hub = entry.known('hub', hubs, 'hub');
      return { place_code: place, hub, role: entry.oneOf('role', TERRITORY_ROLES), valid: validOf(entry) };
    });
}

function overlaps(a: { from: string; to: string | null }, b: { from: string; to: string | null }): boolean {
  return (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);
}

export function readAgreements(dir: string, hubs: ReadonlySet<string>): AgreementRow[] {
  const queues = uniqueCodes(Entry.ofFile(dir, 'queues.json').entries('queues', 'code'), 'code');
  return Entry.ofFile(dir, 'hubs.json')
    .entries('hub_agreements', 'from_hub')
    .map((entry) => {
      const [from, to] = [entry.known('from_hub', hubs, 'hub'), entry.known('to_hub', hubs, 'hub')];
      if (from === to) entry.fail('to_hub', 'must be another hub');
      return {
        from,
        to,
        what: entry.manyOf('what', AGREEMENT_SUBJECTS),
        queue_codes: entry.manyKnown('queues', queues, 'queue'),
        valid: validOf(entry),
      };
    });
}

/** Both days are included, as the files say; no last day means until further notice. */
function validOf(entry: Entry): string {
  const [from, to] = [entry.day('valid_from'), entry.dayOrNull('valid_to')];
  if (to !== null && to < from) entry.fail('valid_to', 'is before valid_from');
  return to === null ? `[${from},)` : `[${from},${to}]`;
}

export function readQueues(dir: string): QueueRow[] {
  const entries = Entry.ofFile(dir, 'queues.json').entries('queues', 'code');
  uniqueCodes(entries, 'code');
  return entries.map((entry) => ({
    code: entry.text('code'),
    kind: entry.get('kind') === null ? null : entry.oneOf('kind', KINDS),
    name_fr: entry.text('name_fr'),
    name_ar: entry.text('name_ar'),
    settings: {
      descriptionFr: entry.text('description_fr'),
      descriptionAr: entry.text('description_ar'),
      channels: entry.manyOf('channels', CHANNELS),
      capacityCost: entry.count('capacity_cost', 1),
      offerTimeoutSeconds: entry.count('offer_timeout_seconds', 1),
      maxWaitSeconds: entry.count('max_wait_seconds', 1),
      distribution: entry.text('distribution'),
      clearanceRequired: entry.textOrNull('clearance_required'),
    },
  }));
}

/** Each category family has one skill, so that `@category` has one meaning. */
export function readSkills(dir: string, categories: ReadonlySet<string>): SkillRow[] {
  const file = Entry.ofFile(dir, 'queues.json');
  const entries = file.entries('skills', 'code');
  uniqueCodes(entries, 'code');
  const taken = new Set<string>();
  for (const entry of entries) {
    for (const family of entry.manyKnown('category_prefixes', categories, 'category')) {
      if (taken.has(family)) entry.fail('category_prefixes', `gives ${family} a second skill`);
      taken.add(family);
    }
  }
  const orphan = [...categories].find((code) => !code.includes('.') && !taken.has(code));
  if (orphan) file.fail('skills', `must have one for the category ${orphan}`);
  return entries.map((entry) => ({
    code: entry.text('code'),
    type: entry.oneOf('type', SKILL_TYPES),
    name_fr: entry.text('name_fr'),
    name_ar: entry.text('name_ar'),
    category_prefixes: entry.texts('category_prefixes'),
    levels: levelsOf(entry),
  }));
}

function levelsOf(entry: Entry): number[] {
  const levels = entry.list('levels').filter((level): level is number => Number.isInteger(level));
  if (levels.length === 0 || levels.length < entry.list('levels').length) entry.fail('levels', 'must be whole numbers');
  return levels;
}

/** The last rule has no condition, so that every ticket finds a queue. */
export function readRules(dir: string, queues: ReadonlySet<string>, skills: ReadonlySet<string>): RuleRow[] {
  const entries = Entry.ofFile(dir, 'queues.json').entries('routing_rules', 'queue');
  const last = entries.at(-1);
  if (last && last.list('conditions').length > 0)
    last.fail('conditions', 'must be empty: the last rule always applies');
  return entries.map((entry, i) => {
    if (entry.count('position', 1) !== i + 1) entry.fail('position', `must be ${i + 1}`);
    return {
      position: i + 1,
      conditions: entry.each('conditions').map((one) => ({
        field: one.oneOf('field', RULE_FIELDS),
        op: one.oneOf('op', ['in']),
        values: one.texts('values'),
      })),
      queue_code: entry.known('queue', queues, 'queue'),
      required_skills: entry.each('required_skills').map((one) => ({
        skill: one.known('skill', new Set([...skills, CATEGORY_SKILL]), 'skill'),
        level: one.count('level', 1),
      })),
      reason_fr: entry.text('reason_fr'),
      reason_ar: entry.text('reason_ar'),
    };
  });
}
