import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { TenantTx } from '@app/db/tenant-db';
import { longDate, longDay } from '@app/domain/long-date';
import type { Locale } from '@app/domain/person';
import type { Metric } from '@app/domain/sla-policy';
import type { ReplyOutcome } from '@app/domain/ticket-status';
import { DAY_MS } from '@app/domain/zone';
import type { Config } from '@app/platform/config';
import type { LoggedEvent } from '@app/platform/consumer';
import { CONFIG } from '@app/platform/database.module';
import { tokenHash } from '@app/platform/session-reader';
import { COLLABORATION } from './notify-collaboration';
import { mailInvitation } from './invitation-mail';
import { addMail, addNotifications } from './notification-rows';
import { assigneeOf, readFacts, responsibleFor, supervisorsOf, type Person, type TicketFacts } from './recipients';
import { METRIC_NAMES } from './template-texts';

interface Clock {
  metric: Metric;
  state: string;
  dueAt: Date | null;
  /** A step of its ladder tells the supervisors at the breach, by means of its own. */
  ladderTells: boolean;
}

interface Answer {
  body: string;
  notice: string | null;
  author: string;
}

/** How long a note may be given from the mail. */
const RATE_DAYS = 60;

const TEMPLATE_OF = { answered: 'answered', pending: 'question_back', resolved: 'resolved' } as const satisfies Record<
  ReplyOutcome,
  string
>;

/** Decides who hears of an event, in the application and by mail; texts are written to the ledger, not sent. */
@Injectable()
export class NotifyService {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async notify(tx: TenantTx, event: LoggedEvent): Promise<void> {
    if (event.type === 'invitation.sent') return mailInvitation(tx, event, this.config.publicUrl);
    const ticket = event.ticketId && (await readFacts(tx, event.ticketId));
    if (!ticket) return;
    switch (event.type) {
      case 'ticket.created':
        return this.received(tx, event, ticket);
      case 'ticket.assigned':
        return assigned(tx, event, ticket);
      case 'ticket.replied':
        return this.replied(tx, event, ticket);
      case 'ticket.asked-again':
        return addNotifications(tx, event, ticket, 'asked_again', ids(await responsibleFor(tx, ticket)));
      case 'ticket.escalated':
        return escalated(tx, event, ticket);
      case 'legal.near':
      case 'legal.passed':
        return this.legal(tx, event, ticket);
      case 'clock.warned':
      case 'clock.breached':
        return this.clock(tx, event, ticket);
      default:
        return COLLABORATION[event.type]?.({ tx, event, ticket, publicUrl: this.config.publicUrl });
    }
  }

  private async received(tx: TenantTx, event: LoggedEvent, ticket: TicketFacts): Promise<void> {
    if (!ticket.requesterEmail) return;
    if (ticket.addressUnproven && (await toldToday(tx, ticket.requesterEmail))) return;
    const [clock] = await tx.query<{ dueAt: Date | null }>(
      'notify-promise',
      `select due_at as "dueAt" from sla_clock where ticket_id = $1 and metric = 'first_response' and cycle = 1`,
      [ticket.id],
    );
    const due = clock?.dueAt ? longDate(clock.dueAt, ticket.answerLanguage) : null;
    // Nobody sends words of their own to strangers through us.
    const own = ticket.addressUnproven ? { name: null, title: null } : { title: ticket.subject };
    const values = { ...this.forRequester(ticket), ...own, due };
    await addMail(tx, event, ticket, {
      template: 'received',
      language: ticket.answerLanguage,
      to: ticket.requesterEmail,
      values,
    });
  }

  private async replied(tx: TenantTx, event: LoggedEvent, ticket: TicketFacts): Promise<void> {
    const kind = TEMPLATE_OF[event.data.outcome as ReplyOutcome];
    if (!kind) return;
    if (ticket.requesterId) await addNotifications(tx, event, ticket, kind, [ticket.requesterId]);
    if (!ticket.requesterEmail) return;
    const [answer] = await tx.query<Answer>(
      'notify-answer',
      `select body, legal_notice as notice, author_name as author from message where id = $1 and ticket_id = $2 and public`,
      [event.data.messageId, ticket.id],
    );
    if (!answer) return;
    await addMail(tx, event, ticket, {
      template: kind,
      language: ticket.answerLanguage,
      to: ticket.requesterEmail,
      values: {
        ...this.forRequester(ticket),
        answer: answer.body,
        notice: answer.notice,
        author: answer.author,
        rate: kind === 'question_back' ? null : await this.rateLink(tx, ticket),
      },
    });
  }

  /** The page behind it shows what is rated, and saves on its own button only. */
  private async rateLink(tx: TenantTx, ticket: TicketFacts): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await tx.query(
      'rating-link',
      'insert into rating_link (token_hash, ticket_id, created_at, expires_at) values ($1, $2, $3, $4)',
      [tokenHash(token), ticket.id, tx.now, new Date(tx.now.getTime() + RATE_DAYS * DAY_MS)],
    );
    return `${this.config.publicUrl}/${ticket.answerLanguage}/rate/${token}`;
  }

  private async clock(tx: TenantTx, event: LoggedEvent, ticket: TicketFacts): Promise<void> {
    const late = event.type === 'clock.breached';
    const [clock] = await tx.query<Clock>(
      'notify-clock',
      `select c.metric, c.state, c.due_at as "dueAt", exists (select from jsonb_array_elements(v.definition -> 'ladder') l
           where l ->> 'metric' = c.metric and l ->> 'when' = 'after_breach' and l ->> 'value' = '0' and l ->> 'action' = 'notify' and l ->> 'to' = 'supervisor') as "ladderTells"
       from sla_clock c join sla_policy_version v on v.id = c.policy_version_id where c.id = $1 and c.ticket_id = $2`,
      [event.data.clockId, ticket.id],
    );
    // A warning that comes after the answer would only disturb.
    if (!clock || (!late && clock.state !== 'running')) return;
    const told = late ? await toldOfBreach(tx, ticket, clock) : await responsibleFor(tx, ticket);
    const kind = late ? 'late' : 'at_risk';
    await addNotifications(tx, event, ticket, kind, ids(told));
    for (const person of told) {
      const values = this.forStaff(ticket, person, clock);
      await addMail(tx, event, ticket, { template: kind, language: person.locale, to: person.email, values });
    }
  }

  /** What is near by law is told to the assignee and to the supervisors, whatever the promise says. */
  private async legal(tx: TenantTx, event: LoggedEvent, ticket: TicketFacts): Promise<void> {
    const near = event.type === 'legal.near';
    const told = distinct([...(await assigneeOf(tx, ticket)), ...(await supervisorsOf(tx, ticket.hubId))]);
    await addNotifications(tx, event, ticket, near ? 'legal_near' : 'legal_passed', ids(told));
    if (!near) return;
    const [delay] = await tx.query<{ fr: string | null; ar: string | null }>(
      'notify-delay',
      `select deadlines -> $2::int ->> 'nameFr' as fr, deadlines -> $2::int ->> 'nameAr' as ar from category where code = $1`,
      [event.data.category, event.data.item],
    );
    for (const person of told) {
      const values = {
        ...this.forStaff(ticket, person, null),
        delay: delay?.[person.locale] ?? null,
        day: longDay(String(event.data.on), person.locale),
      };
      await addMail(tx, event, ticket, { template: 'legal_near', language: person.locale, to: person.email, values });
    }
  }

  private forRequester(ticket: TicketFacts) {
    const language = ticket.answerLanguage;
    return {
      reference: ticket.reference,
      name: ticket.requesterName,
      hub: hubName(ticket, language),
      link: `${this.config.publicUrl}/${language}/r/${ticket.reference}`,
    };
  }

  private forStaff(ticket: TicketFacts, person: Person, clock: Clock | null) {
    return {
      reference: ticket.reference,
      name: person.name,
      metric: clock && METRIC_NAMES[clock.metric][person.locale],
      due: clock?.dueAt ? longDate(clock.dueAt, person.locale) : null,
      assignee: ticket.assigneeName,
      hub: hubName(ticket, person.locale),
      link: `${this.config.publicUrl}/desk/t/${ticket.reference}`,
    };
  }
}

/** One receipt a day to an address that nobody has proven. */
async function toldToday(tx: TenantTx, address: string): Promise<boolean> {
  // Two receipts for one address wait for each other.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended(lower($1), 0))', [`receipt:${address}`]);
  const rows = await tx.query(
    'notify-told-today',
    `select 1 from mail_message where lower(to_address) = lower($1) and template = 'received' and created_at > $2 limit 1`,
    [address, new Date(tx.now.getTime() - DAY_MS)],
  );
  return rows.length > 0;
}

async function toldOfBreach(tx: TenantTx, ticket: TicketFacts, { ladderTells }: Clock): Promise<Person[]> {
  const supervisors = ladderTells ? [] : await supervisorsOf(tx, ticket.hubId);
  return distinct([...(await assigneeOf(tx, ticket)), ...supervisors]);
}

/** An older event than the present assignee says nothing any more. */
async function assigned(tx: TenantTx, event: LoggedEvent, ticket: TicketFacts): Promise<void> {
  if (!ticket.assigneeId || event.data.to !== ticket.assigneeId) return;
  await addNotifications(tx, event, ticket, 'assigned', [ticket.assigneeId]);
}

async function escalated(tx: TenantTx, event: LoggedEvent, ticket: TicketFacts): Promise<void> {
  const told = await escalatedTo(tx, event.data.to, ticket);
  await addNotifications(tx, event, ticket, 'escalated', ids(told));
}

function escalatedTo(tx: TenantTx, level: unknown, ticket: TicketFacts): Promise<Person[]> {
  if (level === 'national') return supervisorsOf(tx, ticket.nationalHubId);
  if (level === 'supervisor') return supervisorsOf(tx, ticket.hubId);
  return responsibleFor(tx, ticket);
}

function hubName(ticket: TicketFacts, language: Locale): string {
  return language === 'ar' ? ticket.hubAr : ticket.hubFr;
}

function ids(people: readonly Person[]): string[] {
  return people.map((person) => person.id);
}

function distinct(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
