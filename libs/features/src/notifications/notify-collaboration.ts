import type { TenantTx } from '@app/db/tenant-db';
import type { EventType } from '@app/domain/events';
import type { Locale } from '@app/domain/person';
import type { LoggedEvent } from '@app/platform/consumer';
import { longDate } from '@app/domain/long-date';
import { addMail, addNotifications, type NotificationKind } from './notification-rows';
import { responsibleFor, supervisorsOf, type Person, type TicketFacts } from './recipients';

interface Told {
  tx: TenantTx;
  event: LoggedEvent;
  ticket: TicketFacts;
  /** Without a slash at its end. */
  publicUrl: string;
}

type Teller = (told: Told) => Promise<void>;

/** What people hear of work on a ticket by several of them. */
export const COLLABORATION: Partial<Record<EventType, Teller>> = {
  'ticket.merged': merged,
  'ticket.merge-undone': (told) => toRequester(told, 'merge_undone'),
  'ticket.mentioned': (told) => toAccounts(told, 'mentioned', listOf(told.event.data.accountIds)),
  'consultation.asked': (told) => toConsulted(told, 'consultation_asked'),
  'consultation.reminded': (told) => toConsulted(told, 'consultation_reminded'),
  'consultation.cancelled': (told) => toConsulted(told, 'consultation_cancelled'),
  'consultation.answered': (told) => toAsker(told, 'consultation_answered'),
  'consultation.expired': (told) => toAsker(told, 'consultation_expired'),
  'validation.asked': (told) => toAccounts(told, 'validation_asked', listOf([told.event.data.validatorId])),
  'validation.approved': (told) => toAccounts(told, 'validation_approved', listOf([told.event.data.authorId])),
  'validation.refused': (told) => toAccounts(told, 'validation_refused', listOf([told.event.data.authorId])),
  'reply.held': (told) => toAccounts(told, 'reply_held', listOf([told.event.data.authorId])),
};

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function toAccounts({ tx, event, ticket }: Told, kind: NotificationKind, accountIds: readonly string[]): Promise<void> {
  return addNotifications(tx, event, ticket, kind, accountIds);
}

async function toRequester(told: Told, kind: NotificationKind): Promise<void> {
  if (told.ticket.requesterId) await toAccounts(told, kind, [told.ticket.requesterId]);
}

/** The association learns under which reference its question goes on. */
async function merged(told: Told): Promise<void> {
  const { tx, event, ticket, publicUrl } = told;
  await toRequester(told, 'merged');
  if (!ticket.requesterEmail) return;
  const [into] = await tx.query<{ reference: string }>('notify-merged', 'select reference from ticket where id = $1', [
    event.data.into,
  ]);
  if (!into) return;
  const language = ticket.answerLanguage;
  await addMail(tx, event, ticket, {
    template: 'merged',
    language,
    to: ticket.requesterEmail,
    values: {
      reference: ticket.reference,
      into: into.reference,
      name: ticket.requesterName,
      hub: hubName(ticket, language),
      link: `${publicUrl}/${language}/r/${into.reference}`,
    },
  });
}

interface Asked {
  kind: 'account' | 'hub';
  toId: string;
  askedBy: string;
  expiresAt: Date;
  state: string;
}

/** The expert, or the supervisors of the hub that was asked; by mail too, because experts are not at a desk all day. */
async function toConsulted(told: Told, kind: NotificationKind): Promise<void> {
  const { tx, event, ticket, publicUrl } = told;
  const asked = await consultation(tx, event);
  if (!asked) return;
  const people = asked.kind === 'hub' ? await supervisorsOf(tx, asked.toId) : await account(tx, asked.toId);
  await toAccounts(
    told,
    kind,
    people.map((person) => person.id),
  );
  if (kind === 'consultation_cancelled' || asked.state !== 'waiting') return;
  for (const person of people) {
    await addMail(tx, event, ticket, {
      template: 'consultation',
      language: person.locale,
      to: person.email,
      values: {
        reference: ticket.reference,
        name: person.name,
        hub: hubName(ticket, person.locale),
        due: longDate(asked.expiresAt, person.locale),
        link: `${publicUrl}/desk/t/${ticket.reference}`,
      },
    });
  }
}

/** Who asked, and whoever has the ticket now. */
async function toAsker(told: Told, kind: NotificationKind): Promise<void> {
  const asked = await consultation(told.tx, told.event);
  if (!asked) return;
  const now = await responsibleFor(told.tx, told.ticket);
  await toAccounts(told, kind, [asked.askedBy, ...now.map((person) => person.id)]);
}

async function consultation(tx: TenantTx, event: LoggedEvent): Promise<Asked | undefined> {
  const [asked] = await tx.query<Asked>(
    'notify-consultation',
    `select to_kind as kind, to_id as "toId", asked_by as "askedBy", expires_at as "expiresAt", state from consultation where id = $1`,
    [event.data.consultationId],
  );
  return asked;
}

function account(tx: TenantTx, id: string): Promise<Person[]> {
  return tx.query<Person>(
    'notify-account',
    `select id, email, name, locale from account where id = $1 and status = 'active'`,
    [id],
  );
}

function hubName(ticket: TicketFacts, language: Locale): string {
  return language === 'ar' ? ticket.hubAr : ticket.hubFr;
}
