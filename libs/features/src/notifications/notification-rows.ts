import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { Locale } from '@app/domain/person';
import type { LoggedEvent } from '@app/platform/consumer';
import type { TicketFacts } from './recipients';
import { ownMailText } from './mail-texts.service';
import { TEXTS, type MailTemplate } from './template-texts';
import { renderText, type MailValues, type RenderedMail } from './templates';

export const NOTIFICATION_KINDS = [
  'assigned',
  'answered',
  'question_back',
  'resolved',
  'asked_again',
  'escalated',
  'at_risk',
  'late',
  'ladder',
  'legal_near',
  'legal_passed',
  'merged',
  'merge_undone',
  'mentioned',
  'consultation_asked',
  'consultation_reminded',
  'consultation_answered',
  'consultation_cancelled',
  'consultation_expired',
  'validation_asked',
  'validation_approved',
  'validation_refused',
  'reply_held',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Notifications in the application, once for each event, account and kind; nobody is told what they did themselves. */
export async function addNotifications(
  tx: TenantTx,
  event: LoggedEvent,
  ticket: TicketFacts,
  kind: NotificationKind,
  accountIds: readonly string[],
): Promise<void> {
  const told = [...new Set(accountIds)].filter((id) => id !== event.actorId);
  if (told.length === 0) return;
  const rows = await tx.query<{ id: string; accountId: string }>(
    'notification-add',
    `insert into notification (id, event_id, account_id, kind, ticket_id, hub_id, association_id, data, created_at)
     select r.id, $3, r.account_id, $4, $5, $6, $7, $8, $9 from unnest($1::uuid[], $2::uuid[]) as r(id, account_id)
     on conflict (event_id, account_id, kind) do nothing returning id, account_id as "accountId"`,
    [
      told.map(() => uuid()),
      told,
      event.id,
      kind,
      ticket.id,
      ticket.hubId,
      ticket.associationId,
      { ...event.data, reference: ticket.reference },
      tx.now,
    ],
  );
  for (const { id, accountId } of rows) {
    tx.emit({ type: 'notification.created', data: { accountId, notificationId: id } });
  }
}

/** A mail in the ledger, once for each event, template and address; the consumer `mail` sends it. */
export async function addMail(
  tx: TenantTx,
  event: LoggedEvent,
  ticket: { id: string | null; hubId: string | null; associationId: string | null },
  mail: { template: MailTemplate; language: Locale; to: string; values: MailValues },
): Promise<void> {
  const id = uuid();
  const own = await ownMailText(tx, ticket.hubId, mail.template, mail.language);
  const { subject, text, html } = renderText(own ?? TEXTS[mail.template][mail.language], mail.language, mail.values);
  const rows = await tx.query(
    'mail-add',
    `insert into mail_message (id, event_id, ticket_id, hub_id, association_id, template, language, to_address, subject, text, html, message_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (event_id, template, to_address) do nothing returning id`,
    [
      id,
      event.id,
      ticket.id,
      ticket.hubId,
      ticket.associationId,
      mail.template,
      mail.language,
      mail.to,
      subject,
      text,
      html,
      `<${id}@sanad>`,
      tx.now,
    ],
  );
  if (rows.length > 0) tx.emit({ type: 'mail.queued', data: { mailId: id } });
}

/** One notification of one event, for sets of events. */
export interface NoticeRow {
  eventId: string;
  accountId: string;
  kind: NotificationKind;
  ticketId: string;
  hubId: string;
  associationId: string | null;
  data: Record<string, unknown>;
}

/** Notifications of many events in one statement, each once. */
export async function addNotices(tx: TenantTx, rows: readonly NoticeRow[]): Promise<void> {
  if (rows.length === 0) return;
  const added = await tx.query<{ id: string; accountId: string }>(
    'notices-add',
    `insert into notification (id, event_id, account_id, kind, ticket_id, hub_id, association_id, data, created_at)
     select r.id, r."eventId", r."accountId", r.kind, r."ticketId", r."hubId", r."associationId", r.data, $2
     from jsonb_to_recordset($1::jsonb) as r(id uuid, "eventId" bigint, "accountId" uuid, kind text, "ticketId" uuid, "hubId" uuid, "associationId" uuid, data jsonb)
     on conflict (event_id, account_id, kind) do nothing returning id, account_id as "accountId"`,
    [JSON.stringify(rows.map((row) => ({ ...row, id: uuid() }))), tx.now],
  );
  for (const { id, accountId } of added) {
    tx.emit({ type: 'notification.created', data: { accountId, notificationId: id } });
  }
}

/** A mail of one event, for sets of events. */
export interface MailRow extends RenderedMail {
  eventId: string;
  ticketId: string;
  hubId: string;
  associationId: string | null;
  template: MailTemplate;
  language: Locale;
  to: string;
}

/** Mails of many events in one statement, each once; the consumer `mail` sends them. */
export async function addMails(tx: TenantTx, rows: readonly MailRow[]): Promise<void> {
  if (rows.length === 0) return;
  const added = await tx.query<{ id: string }>(
    'mails-add',
    `insert into mail_message (id, event_id, ticket_id, hub_id, association_id, template, language, to_address, subject, text, html, message_id, created_at)
     select r.id, r."eventId", r."ticketId", r."hubId", r."associationId", r.template, r.language, r.to, r.subject, r.text, r.html, '<' || r.id || '@sanad>', $2
     from jsonb_to_recordset($1::jsonb) as r(id uuid, "eventId" bigint, "ticketId" uuid, "hubId" uuid, "associationId" uuid, template text, language text,
       "to" text, subject text, text text, html text)
     on conflict (event_id, template, to_address) do nothing returning id`,
    [JSON.stringify(rows.map((row) => ({ ...row, id: uuid() }))), tx.now],
  );
  for (const { id } of added) tx.emit({ type: 'mail.queued', data: { mailId: id } });
}
