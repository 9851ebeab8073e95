import { isRequester, type Actor } from '@app/domain/access';
import type { AnswerLanguage, Language } from '@app/domain/language';
import { isPromise } from '@app/domain/promise';
import { type Pause, remainingMs } from '@app/domain/sla-clock';
import type { Metric, Priority, TimeKind } from '@app/domain/sla-policy';
import type { AdviceLevel, Channel, Confidentiality, Kind, Level, Status } from '@app/domain/ticket';
import { localParts, toLocalIso } from '@app/domain/zone';
import type { ReferenceCopy } from '../directory/reference-data';
import type { TicketRow } from './ticket-row';

/** A thing with a name in both languages. */
export class NamedView {
  /** Code or id. */
  code: string;
  nameFr: string;
  nameAr: string;
}

export class HubView extends NamedView {
  id: string;
}

export class AssociationNameView {
  /** Null for a name that somebody without an account gave: there is no file. */
  id: string | null;
  nameFr: string;
  nameAr: string;
}

export class PersonView {
  id: string | null;
  name: string;
}

/** One promise: the instant in UTC and the same in local time of the hub, with its offset. */
export class ClockView {
  id: string;
  metric: Metric;
  /** Minutes promised, in opening hours (`business`) or elapsed (`calendar`). */
  targetMinutes: number;
  time: TimeKind;
  state: 'running' | 'paused' | 'met' | 'cancelled';
  startedAt: Date;
  /** Null while the clock stands still. */
  dueAt: Date | null;
  dueLocal: string | null;
  /** Minutes that are left of the target while the clock stands still, below zero when it was late before; null while it runs. */
  remainingMinutes: number | null;
  metAt: Date | null;
  warnedAt: Date | null;
  breachedAt: Date | null;
}

export class PromiseView {
  firstResponse: ClockView | null;
  resolution: ClockView | null;
  /** Staff only: the time of the hub that has it in hand. */
  holding: ClockView | null;
}

export class TicketSummary {
  id: string;
  /** Spoken reference with its check digit. */
  reference: string;
  subject: string;
  status: Status;
  holdReason: string | null;
  kind: Kind;
  adviceLevel: AdviceLevel;
  category: NamedView;
  hub: HubView;
  /** Staff only. */
  queue: HubView | null;
  placeCode: string;
  association: AssociationNameView | null;
  requester: PersonView | null;
  assignee: PersonView | null;
  channel: Channel;
  language: Language;
  answerLanguage: AnswerLanguage;
  priority: Priority;
  confidentiality: Confidentiality;
  needsValidation: boolean;
  level: Level;
  /** Staff only. */
  tags: string[];
  /** The nearest live due time. */
  nextDueAt: Date | null;
  nextDueLocal: string | null;
  /** The last day of the nearest delay of the law; it comes before every promise. */
  nextLegalDeadline: string | null;
  lastMessageId: string | null;
  followUpOf: string | null;
  /** The ticket in which this one goes on. */
  mergedInto: string | null;
  version: number;
  openedAt: Date;
  updatedAt: Date;
  answeredAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

export class TicketView extends TicketSummary {
  promise: PromiseView;
}

export class CreatedTicketView extends TicketView {
  /** Why this hub and this queue, in words. */
  routing: { fr: string; ar: string };
  /** Shown once, for a caller without an account: with the reference it opens the follow-up. */
  followUpCode: string | null;
}

export interface ClockRow extends Omit<ClockView, 'dueLocal' | 'remainingMinutes'> {
  cycle: number;
  policyVersionId: string;
  calendarVersionId: string;
}

const local = (instant: Date | null): string | null => (instant ? toLocalIso(instant) : null);

export function clockView(
  clock: Omit<ClockView, 'dueLocal' | 'remainingMinutes'>,
  remainingMinutes: number | null = null,
): ClockView {
  const { id, metric, targetMinutes, time, state, startedAt, dueAt, metAt, warnedAt, breachedAt } = clock;
  return {
    id,
    metric,
    targetMinutes,
    time,
    state,
    startedAt,
    dueAt,
    dueLocal: local(dueAt),
    remainingMinutes,
    metAt,
    warnedAt,
    breachedAt,
  };
}

interface Read {
  row: TicketRow;
  clocks: readonly ClockRow[];
  pauses: readonly Pause[];
}

/** What an actor sees of one ticket; `row` when an act has changed it since it was found. */
export function ticketView(
  found: Read,
  reference: ReferenceCopy,
  viewer: Actor,
  row: TicketRow = found.row,
): TicketView {
  return { ...ticketSummary(row, reference, viewer), promise: promiseView(found, reference, viewer) };
}

/** The latest cycle of the two promises, and for staff of the time in hand. */
function promiseView({ clocks, pauses }: Read, reference: ReferenceCopy, viewer: Actor): PromiseView {
  const view = (clock: ClockRow) => clockView(clock, leftWhilePaused(clock, pauses, reference));
  const latest = (metric: Metric) =>
    clocks.filter((clock) => clock.metric === metric).sort((a, b) => b.cycle - a.cycle)[0] ?? null;
  const first = latest('first_response');
  const resolution = latest('resolution');
  const [holding] = !isRequester(viewer)
    ? clocks.filter((clock) => !isPromise(clock)).sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
    : [];
  return {
    firstResponse: first && view(first),
    resolution: resolution && view(resolution),
    holding: holding ? view(holding) : null,
  };
}

function leftWhilePaused(
  clock: ClockRow,
  pauses: readonly Pause[],
  { calendarVersions }: ReferenceCopy,
): number | null {
  const calendar = calendarVersions.get(clock.calendarVersionId)?.calendar;
  if (clock.state !== 'paused' || !calendar) return null;
  const left = remainingMs({ ...clock, minutes: clock.targetMinutes, calendar, pauses, now: new Date() });
  return Math.floor(left / 60_000);
}

/** What an actor sees of a ticket in a list; the association does not see how the hub sorts its work. */
export function ticketSummary(row: TicketRow, reference: ReferenceCopy, viewer: Actor): TicketSummary {
  const hub = reference.hubs.get(row.hubId)!;
  const category = reference.categories.get(row.categoryCode)!;
  const queue = reference.queues.find((one) => one.id === row.queueId);
  const staff = !isRequester(viewer);
  const named = ({ id, code, nameFr, nameAr }: HubView): HubView => ({ id, code, nameFr, nameAr });
  return {
    id: row.id,
    reference: row.reference,
    subject: row.subject,
    status: row.status,
    holdReason: row.holdReason,
    kind: row.kind,
    adviceLevel: row.adviceLevel,
    category: { code: category.code, nameFr: category.nameFr, nameAr: category.nameAr },
    hub: named(hub),
    queue: staff && queue ? named(queue) : null,
    placeCode: row.placeCode,
    ...peopleOf(row),
    channel: row.channel,
    language: row.language,
    answerLanguage: row.answerLanguage,
    priority: row.priority,
    confidentiality: row.confidentiality,
    needsValidation: row.needsValidation,
    level: row.level,
    tags: staff ? row.tags : [],
    nextDueAt: row.nextDueAt,
    nextDueLocal: local(row.nextDueAt),
    nextLegalDeadline: row.nextLegalAt && localParts(new Date(row.nextLegalAt.getTime() - 1)).date,
    lastMessageId: row.lastPublicMessageId,
    followUpOf: row.followUpOf,
    mergedInto: row.mergedInto,
    version: row.version,
    openedAt: row.openedAt,
    updatedAt: row.updatedAt,
    answeredAt: row.answeredAt,
    resolvedAt: row.resolvedAt,
    closedAt: row.closedAt,
  };
}

function peopleOf(row: TicketRow): Pick<TicketSummary, 'association' | 'requester' | 'assignee'> {
  const { associationId, associationFr, associationAr, requesterName, assigneeId, assigneeName } = row;
  return {
    association:
      associationId || associationFr || associationAr
        ? { id: associationId, nameFr: associationFr ?? '', nameAr: associationAr ?? '' }
        : null,
    requester: requesterName ? { id: row.requesterAccountId ?? row.requesterContactId, name: requesterName } : null,
    assignee: assigneeId ? { id: assigneeId, name: assigneeName ?? '' } : null,
  };
}
