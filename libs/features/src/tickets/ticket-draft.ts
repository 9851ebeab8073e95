import { isRequester, type Actor } from '@app/domain/access';
import { detectLanguage, type AnswerLanguage, type Language } from '@app/domain/language';
import { maskIdentityNumbers } from '@app/domain/mask';
import { planPromise, type PlannedClock } from '@app/domain/promise';
import { policiesOf } from '@app/domain/promise-renewal';
import { Refusal } from '@app/domain/refusal';
import { chooseRule, routingReason, type HubChoice, type RoutingRule } from '@app/domain/routing';
import { firstMatch, type Priority } from '@app/domain/sla-policy';
import type { Channel, Confidentiality } from '@app/domain/ticket';
import type { TicketRow } from './ticket-row';
import { impartialHub, type AskingAssociation } from './impartial-hub';
import type {
  CategoryRow,
  PublishedCalendar,
  PublishedPolicy,
  QueueRow,
  ReferenceData,
} from '../directory/reference-data';

/** A question as it comes in, after validation of its shape. */
export interface NewTicket {
  subject: string;
  body: string;
  categoryCode: string;
  placeCode?: string;
  language?: Language;
  answerLanguage?: AnswerLanguage;
  channel?: Channel;
  priority?: Priority;
  confidentiality?: Confidentiality;
  tags?: string[];
  /** Asked for beyond what the category demands; a hub cannot do without what it demands. */
  needsValidation?: boolean;
  associationId?: string;
  contactId?: string;
  contact?: { name: string; phone?: string; email?: string; writtenLanguage?: AnswerLanguage };
  followUpOf?: string;
  /** Files handed in before. */
  uploadIds?: string[];
  /** As somebody without an account calls it; no file. */
  associationName?: string;
}

/** Everything that is decided in the creation itself. */
export interface TicketDraft {
  subject: string;
  body: string;
  category: CategoryRow;
  placeCode: string;
  hub: HubChoice;
  queue: QueueRow;
  rule: RoutingRule;
  reason: { fr: string; ar: string };
  language: Language;
  answerLanguage: AnswerLanguage;
  channel: Channel;
  priority: Priority;
  confidentiality: Confidentiality;
  tags: string[];
  policy: PublishedPolicy;
  calendarVersionId: string;
  clocks: PlannedClock[];
}

const STAFF_ONLY = [
  'channel',
  'priority',
  'confidentiality',
  'tags',
  'needsValidation',
  'associationId',
  'contactId',
  'contact',
  'answerLanguage',
] as const;

/** What only the hub may say of a question is refused from the association, field by field. */
export function refuseStaffFields(input: NewTicket): void {
  const errors = STAFF_ONLY.filter((field) => input[field] !== undefined).map((field) => ({
    pointer: `/${field}`,
    code: 'not_allowed',
    detail: 'Only the hub sets this.',
  }));
  if (errors.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', errors);
}

/** Decides hub, queue, language, policy and due times; pure apart from the reference data it is given. */
export function draftTicket(
  input: NewTicket,
  context: {
    actor: Actor;
    placeCode: string;
    legalForm: string | null;
    now: Date;
    /** Whom the question is about; nobody when it is anonymous. */
    association?: AskingAssociation;
  },
  reference: ReferenceData,
): TicketDraft {
  const category = withValidation(reference.category(input.categoryCode), input.needsValidation);
  const answering = reference.hubFor(context.placeCode, context.now);
  const hub = context.association ? impartialHub(answering, context.association, reference) : answering;
  const staff = !isRequester(context.actor);
  const said = {
    category,
    placeCode: context.placeCode,
    hub,
    ...languagesOf(input),
    channel: staff ? (input.channel ?? 'phone') : ('portal' as const),
    priority: input.priority ?? category.defaultPriority,
    confidentiality: input.confidentiality ?? category.defaultConfidentiality,
    tags: input.tags ?? [],
  };
  const { rule, queue } = chooseQueue(said, reference);
  return {
    ...said,
    subject: maskIdentityNumbers(input.subject),
    body: maskIdentityNumbers(input.body),
    queue,
    rule,
    reason: routingReason(hub.reason, rule),
    ...promiseFor(said, context, reference),
  };
}

/** Validation asked for by a person counts like validation that the category demands. */
export function withValidation(category: CategoryRow, asked: boolean | undefined): CategoryRow {
  return asked ? { ...category, needsValidation: true } : category;
}

/** As said, else as detected; a contact's own language of writing decides the answer's. */
function languagesOf(input: NewTicket): Pick<TicketDraft, 'language' | 'answerLanguage'> {
  const detected = detectLanguage(`${input.subject}\n${input.body}`);
  return {
    language: input.language ?? detected.language,
    answerLanguage: input.answerLanguage ?? input.contact?.writtenLanguage ?? detected.answerLanguage,
  };
}

type Said = Pick<TicketDraft, 'category' | 'hub' | 'language' | 'channel' | 'priority' | 'confidentiality' | 'tags'>;

/** The facts of a ticket by which queue and promise are chosen. */
export function saidOf(row: TicketRow, reference: ReferenceData): Said {
  const { kind, needsValidation } = row;
  const category = { ...reference.categoryOf(row.categoryCode), kind, needsValidation };
  const hub: HubChoice = { hubId: row.hubId, reason: 'managing', placeCode: row.placeCode };
  return {
    category,
    hub,
    language: row.language,
    channel: row.channel,
    priority: row.priority,
    confidentiality: row.confidentiality,
    tags: row.tags,
  };
}

/** The queue of a hub by its rules. */
export function chooseQueue(
  said: Omit<Said, 'tags'>,
  reference: ReferenceData,
): { rule: RoutingRule; queue: QueueRow } {
  const { hubId } = said.hub;
  const rule = chooseRule(reference.current.rules.get(hubId) ?? [], {
    work_kind: 'ticket',
    kind: said.category.kind,
    category: said.category.code,
    channel: said.channel,
    language: said.language,
    priority: said.priority,
    confidentiality: said.confidentiality,
  });
  const queue = rule && reference.current.queues.find((one) => one.hubId === hubId && one.code === rule.queueCode);
  if (!rule || !queue) throw new Refusal('internal', 'The hub has no queue for this.');
  return { rule, queue };
}

/** The policy that applies to such a ticket of this hub now, and the calendar by which it counts. */
export function policyFor(
  said: Said,
  legalForm: string | null,
  reference: ReferenceData,
): { policy: PublishedPolicy; calendar: PublishedCalendar } {
  const { current } = reference;
  const { hubId } = said.hub;
  const policy = firstMatch(policiesOf(current.policies, hubId), {
    category: said.category.code,
    kind: said.category.kind,
    channel: said.channel,
    priority: said.priority,
    confidentiality: said.confidentiality,
    needsValidation: said.category.needsValidation,
    associationType: legalForm,
    hub: current.hubs.get(hubId)!.code,
    language: said.language,
    tags: said.tags,
  });
  if (!policy) throw new Refusal('internal', 'No policy applies.');
  return { policy, calendar: reference.calendarOf(hubId) };
}

/** Policy and clocks that apply to such a ticket of this hub at this instant. */
export function promiseFor(
  said: Said,
  context: { legalForm: string | null; now: Date },
  reference: ReferenceData,
): Pick<TicketDraft, 'policy' | 'calendarVersionId' | 'clocks'> {
  const { policy, calendar } = policyFor(said, context.legalForm, reference);
  const clocks = planPromise(policy, said.priority, calendar.calendar, context.now);
  return { policy, calendarVersionId: calendar.versionId, clocks };
}
