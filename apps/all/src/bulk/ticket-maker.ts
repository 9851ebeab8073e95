import { v7 as uuid } from 'uuid';
import { addBusinessTime, type BusinessCalendar } from '@app/domain/business-hours';
import { toSearchDocument } from '@app/domain/folding';
import { textDirection, type AnswerLanguage } from '@app/domain/language';
import { formatReference } from '@app/domain/reference';
import { DAY_MS, localParts, MINUTE_MS } from '@app/domain/zone';
import type { ReferenceData } from '@app/features/directory/reference-data';
import { promiseFor } from '@app/features/tickets/ticket-draft';
import { answerText } from '../demonstration/answers';
import type { SeededRandom } from '../demonstration/seeded-random';
import type { AskedQuestion, QuestionBank } from './questions';
import { TicketLife, type LifeClock } from './ticket-life';

export interface BulkAgent {
  id: string;
  name: string;
  hubId: string;
  cleared: boolean;
  languages: string[];
}

export interface MadeMessage {
  id: string;
  author: BulkAgent | null;
  language: string;
  direction: string;
  body: string;
  document: string;
  at: Date;
}

/** A ticket with everything that belongs to it, not yet written. */
export interface MadeTicket {
  id: string;
  reference: string;
  asked: AskedQuestion;
  openedAt: Date;
  assignee: BulkAgent | null;
  life: TicketLife;
  messages: MadeMessage[];
}

/** Of a hundred tickets, the last seven are of the last weeks and five of these are still open. */
const OLD_SHARE = 0.93;
const OPEN_SHARE = 0.95;
const MONTHS_DAYS = 730;
const RECENT_DAYS = 24;
const CLOSED_AFTER_DAYS = 7;

export class TicketMaker {
  private readonly answers = new Map<string, Pick<MadeMessage, 'body' | 'document' | 'direction'>>();

  constructor(
    private readonly reference: ReferenceData,
    private readonly bank: QuestionBank,
    private readonly agents: readonly BulkAgent[],
    private readonly random: SeededRandom,
    private readonly now: Date,
  ) {}

  /** The ticket that stands at a share (0 to 1) of the whole; its number in the one sequence is given. */
  make(share: number, number: number): MadeTicket {
    const { random, now } = this;
    const asked = this.bank.some(random);
    const { draft, association } = asked;
    const old = share < OLD_SHARE;
    const daysAgo = old
      ? RECENT_DAYS + (MONTHS_DAYS - RECENT_DAYS) * (1 - share / OLD_SHARE)
      : 0.05 + random.next() * RECENT_DAYS;
    const openedAt = new Date(now.getTime() - Math.round(daysAgo * DAY_MS));
    const hub = this.reference.hub(draft.hub.hubId);
    const { calendar } = this.reference.calendarOf(hub.id);
    const promise = promiseFor(draft, { legalForm: association.legalForm, now: openedAt }, this.reference);
    const clocks = promise.clocks.map((clock): LifeClock => ({
      ...clock,
      id: uuid(),
      cycle: 1,
      state: 'running',
      calendar,
      policy: promise.policy,
      pausable: promise.policy.pause.pausedMetrics.includes(clock.metric),
      policyVersionId: promise.policy.versionId,
      calendarVersionId: promise.calendarVersionId,
      done: [],
      ...{ metAt: null, warnedAt: null, breachedAt: null },
    }));
    const made: MadeTicket = {
      id: uuid({ msecs: openedAt.getTime() }),
      reference: formatReference(hub.code, Number(localParts(openedAt).date.slice(0, 4)), number),
      asked,
      openedAt,
      assignee: null,
      life: new TicketLife(clocks, openedAt, {
        hubReason: draft.hub.reason,
        ruleId: draft.rule.id,
        ruleVersion: draft.rule.version,
        queueId: draft.queue.id,
        policyVersionId: promise.policy.versionId,
        reason: draft.reason,
      }),
      messages: [],
    };
    made.messages.push(this.firstMessage(made));
    this.live(made, calendar, share >= OPEN_SHARE);
    made.life.sweep(now);
    return made;
  }

  private firstMessage({ asked, reference, openedAt }: MadeTicket): MadeMessage {
    return {
      id: uuid({ msecs: openedAt.getTime() }),
      author: null,
      language: asked.draft.language,
      direction: asked.direction,
      body: asked.draft.body,
      document: `${asked.document} ${toSearchDocument(reference)}`,
      at: openedAt,
    };
  }

  /** From the assignment to the close, or as far as an open one has come. */
  private live(made: MadeTicket, calendar: BusinessCalendar, staysOpen: boolean): void {
    const { random, now } = this;
    const eligible = this.agents.filter((agent) => fits(agent, made.asked));
    if (eligible.length === 0 || (staysOpen && random.chance(0.1))) return;
    const agent = random.pick(eligible);
    made.assignee = agent;
    made.life.assign(new Date(made.openedAt.getTime() + 400), agent.id);
    const after = (from: Date, minutes: number): Date => addBusinessTime(calendar, from, minutes * MINUTE_MS);
    const answered = after(made.openedAt, random.chance(0.12) ? random.between(300, 900) : random.between(15, 200));
    if (answered >= now || (staysOpen && random.chance(0.3))) return;
    if (staysOpen) this.leaveOpen(made, agent, answered);
    else this.settle(made, agent, answered, after);
  }

  private settle(
    made: MadeTicket,
    agent: BulkAgent,
    answered: Date,
    after: (from: Date, minutes: number) => Date,
  ): void {
    const { random, now } = this;
    const atOnce = random.chance(0.4);
    this.reply(made, agent, answered, atOnce ? 'resolved' : 'answered');
    const resolved = atOnce ? answered : after(answered, random.between(60, 1_200));
    if (resolved >= now) return;
    if (!atOnce) made.life.step(resolved, { to: 'resolved', actorId: agent.id });
    const closed = new Date(resolved.getTime() + CLOSED_AFTER_DAYS * DAY_MS);
    if (closed < now) made.life.step(closed, { to: 'closed', actorId: agent.id });
  }

  private leaveOpen(made: MadeTicket, agent: BulkAgent, at: Date): void {
    const kind = this.random.pick(['answered', 'pending', 'on_hold', 'answered'] as const);
    if (kind === 'on_hold') made.life.step(at, { to: 'on_hold', actorId: agent.id, holdReason: 'authority' });
    else this.reply(made, agent, at, kind);
  }

  private reply(made: MadeTicket, agent: BulkAgent, at: Date, to: 'answered' | 'pending' | 'resolved'): void {
    const { draft } = made.asked;
    const language = draft.answerLanguage;
    const id = uuid({ msecs: at.getTime() });
    made.messages.push({ id, author: agent, language, at, ...this.answer(draft.category.code, language) });
    made.life.step(at, { to, actorId: agent.id, humanReply: true, messageId: id });
  }

  private answer(category: string, language: AnswerLanguage) {
    const key = `${category} ${language}`;
    const known = this.answers.get(key);
    if (known) return known;
    const body = answerText(category, language);
    const answer = { body, document: toSearchDocument(body), direction: textDirection(body) };
    this.answers.set(key, answer);
    return answer;
  }
}

function fits(agent: BulkAgent, { draft }: AskedQuestion): boolean {
  if (agent.hubId !== draft.hub.hubId || !agent.languages.includes(draft.answerLanguage)) return false;
  return draft.confidentiality === 'normal' || agent.cleared;
}
