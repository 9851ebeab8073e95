import type { BusinessCalendar } from '@app/domain/business-hours';
import { addBusinessTime, businessMs } from '@app/domain/business-hours';
import { DAY_MS, MINUTE_MS } from '@app/domain/zone';
import type { NewTicket } from '@app/features/tickets/ticket-draft';
import { escalated, IN_DANGER, NOT_OURS, NOTHING, someCourse, type Course } from './courses';
import { LEGAL_QUESTIONS } from './legal-questions';
import { PRACTICAL_QUESTIONS } from './practical-questions';
import { questionText, type QuestionLanguage } from './question';
import type { Sample } from './samples';
import { SeededRandom } from './seeded-random';

export const DAYS = 10;
const GENERATED = 62;
const NATIONAL_RESTRICTED = ['LIT.01', 'LIT.02'] as const;
/** Made restricted by whoever takes the question down: their categories alone are not. */
const RESTRICTED_IN_CHARGE = new Set(['S29', 'S30']);
/** The person in charge asks for a second reader, though the category does not. */
const VALIDATED_IN_CHARGE = new Set(['S11', 'S29', 'S30', 'S32']);
const ANONYMOUS = new Set(['S32', 'S34']);
const QUESTIONS = [...LEGAL_QUESTIONS, ...PRACTICAL_QUESTIONS];

/** What the demonstration knows of an association. */
export interface KnownAssociation {
  id: string;
  code: string;
  hub: string;
  placeCode: string;
  contactId: string | null;
  /** Whether a manager and a member have accounts. */
  hasPeople: boolean;
}

/** A question that will be asked at its time. */
export interface Entry {
  key: string;
  at: Date;
  /** Entered by somebody of the association, or by an agent of the hub. */
  by: 'member' | 'manager' | 'agent';
  association: KnownAssociation | null;
  hub: string;
  input: NewTicket;
  /** Key of the entry whose reference is named. */
  followUpOf: string | null;
  course: Course;
}

export interface Setting {
  samples: readonly Sample[];
  associations: readonly KnownAssociation[];
  calendar: BusinessCalendar;
  now: Date;
  defaultPriority: (category: string) => string;
}

/** Everything that is asked in the ten days before now, in order of time. */
export function writeScript(setting: Setting): Entry[] {
  const random = new SeededRandom(20_261_123);
  const from = new Date(setting.now.getTime() - DAYS * DAY_MS);
  const open = businessMs(setting.calendar, from, setting.now);
  /** An instant at which a hub is open, by its share of the ten days. */
  const instant = (share: number): Date =>
    addBusinessTime(setting.calendar, from, Math.floor((share * open) / MINUTE_MS) * MINUTE_MS);
  const samples = setting.samples.map((sample, index) => {
    const share = (index + 0.3 + random.next() * 0.4) / (setting.samples.length + 1);
    return ofSample(sample, instant(share), setting, random);
  });
  const generated = Array.from({ length: GENERATED }, (_, index) => {
    const share = (index + random.next()) / (GENERATED + 0.5);
    return generate(index, instant(share), setting.associations, random);
  });
  return [...samples, ...generated, ...nationalRestricted(instant, setting.associations, random)].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
}

function ofSample(sample: Sample, at: Date, setting: Setting, random: SeededRandom): Entry {
  const { id: key, expected, follow_up_of: followUpOf } = sample;
  const association = askingAssociation(sample, setting);
  const base = { key, at, association, hub: expected.answering_hub, followUpOf, course: courseOf(sample, random) };
  const asked = { subject: sample.subject, body: sample.body, categoryCode: sample.category };
  // A member cannot say more than the question itself.
  const plain =
    sample.priority === setting.defaultPriority(sample.category) &&
    expected.tags.length === 0 &&
    !VALIDATED_IN_CHARGE.has(key);
  if (sample.channel === 'web' && association?.hasPeople && plain) {
    return { ...base, by: random.chance(0.5) ? 'manager' : 'member', input: asked };
  }
  return { ...base, by: 'agent', input: { ...asked, ...saidByStaff(sample), ...requesterOf(association) } };
}

/** One of the place of the question, rather one whose people have accounts. */
function askingAssociation(sample: Sample, { associations }: Setting): KnownAssociation | null {
  if (ANONYMOUS.has(sample.id)) return null;
  const near = associations.filter((one) => one.placeCode === sample.territory);
  return near.find((one) => one.hasPeople) ?? near[0] ?? null;
}

function saidByStaff(sample: Sample): Partial<NewTicket> {
  return {
    placeCode: sample.territory,
    channel: sample.channel === 'web' ? 'portal' : sample.channel,
    priority: sample.priority,
    tags: sample.expected.tags,
    ...(RESTRICTED_IN_CHARGE.has(sample.id) ? { confidentiality: 'restricted' } : {}),
    ...(VALIDATED_IN_CHARGE.has(sample.id) ? { needsValidation: true } : {}),
  };
}

function courseOf(sample: Sample, random: SeededRandom): Course {
  const { expected } = sample;
  if (expected.outcome === 'out_of_scope') return NOT_OURS;
  if (expected.tags.includes('person_in_danger')) return IN_DANGER;
  if (expected.escalate_to) return escalated(expected.escalate_to, expected.escalation_reason ?? 'other');
  return someCourse(random);
}

function requesterOf(association: KnownAssociation | null): Partial<NewTicket> {
  if (!association) return {};
  const { id, contactId } = association;
  return { associationId: id, ...(contactId ? { contactId } : {}) };
}

function generate(index: number, at: Date, associations: readonly KnownAssociation[], random: SeededRandom): Entry {
  const inRegion = (hub: string) => associations.filter((one) => one.hub === hub);
  const fes = inRegion('FM').filter((one) => FES_MEKNES.test(one.placeCode));
  const able = index % 3 === 0 ? fes : associations;
  const association = random.pick(random.chance(0.5) ? able.filter((one) => one.hasPeople) : able);
  const question = QUESTIONS[(index * 7) % QUESTIONS.length];
  const language = random.pick<QuestionLanguage>(['fr', 'fr', 'ar', 'ar', 'darija']);
  const { subject, body } = questionText(question, language, random);
  const asked = { subject, body, categoryCode: question.category };
  const base = {
    key: `Q${index + 1}`,
    at,
    association,
    hub: association.hub,
    followUpOf: null,
    course: index === GENERATED - 1 ? NOTHING : someCourse(random),
  };
  if (association.hasPeople) return { ...base, by: random.chance(0.4) ? 'manager' : 'member', input: asked };
  const channel = random.pick(['phone', 'phone', 'email', 'whatsapp', 'walk_in'] as const);
  return { ...base, by: 'agent', input: { ...asked, channel, ...requesterOf(association) } };
}

const FES_MEKNES = /^MA-(FES|MEK|HAJ|IFR|MOU|SEF|BOM|TAO|TAZ)$/;

/** Restricted questions of regions without a hub, from before the national hub had somebody cleared: they still wait. */
function nationalRestricted(
  instant: (share: number) => Date,
  associations: readonly KnownAssociation[],
  random: SeededRandom,
): Entry[] {
  const association = associations.find((one) => one.hub === 'NT' && one.hasPeople);
  if (!association) return [];
  return NATIONAL_RESTRICTED.map((category, index) => {
    const question = QUESTIONS.find((one) => one.category === category)!;
    const { subject, body } = questionText(question, index === 0 ? 'fr' : 'ar', random);
    return {
      key: `N${index + 1}`,
      at: instant(0.3 + index * 0.2),
      by: 'manager' as const,
      association,
      hub: 'NT',
      input: { subject, body, categoryCode: category },
      followUpOf: null,
      course: NOTHING,
    };
  });
}
