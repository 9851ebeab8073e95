import { v7 as uuid } from 'uuid';
import type { Actor } from '@app/domain/access';
import { arrangePhone, PHONE_TABLES } from './phone-rows';
import type { Arrange, TestHub } from './tickets';

/** One side of a boundary: a hub with a row of its own in every table that belongs to hubs, associations or people. */
export interface Side {
  hub: TestHub;
  associationId: string;
  agentId: string;
  memberId: string;
  ticketId: string;
  eventId: string;
  /** The condition that picks the side's rows, by table. */
  rows: Record<string, string>;
}

const TICKET_CHILDREN = ['message', 'escalation', 'sla_clock', 'sla_pause', 'deadline', 'event', 'ticket_grant'];

export async function arrangeSide(arrange: Arrange, code: string): Promise<Side> {
  const hub = await arrange.hub(code);
  const [associationId, contactId] = [uuid(), uuid()];
  await arrange.rows(
    `insert into association (id, hub_id, name_fr, name_ar, folded, place_code, created_at, updated_at) values ($1, $2, 'A', 'ج', 'a', 'MA-07', now(), now())`,
    [associationId, hub.id],
  );
  const agentId = await arrange.staff(hub, 'agent', `agent-${code}`);
  const memberId = await arrange.account(`member-${code}`);
  const membershipId = uuid();
  await arrange.rows(
    `insert into membership (id, account_id, kind, role, hub_id, association_id) values ($1, $2, 'association', 'member', $3, $4)`,
    [membershipId, memberId, hub.id, associationId],
  );
  await arrange.rows(
    `insert into contact (id, hub_id, association_id, name, folded, created_at) values ($1, $2, $3, 'C', 'c', now())`,
    [contactId, hub.id, associationId],
  );
  await arrange.rows(
    `insert into contact_phone (id, contact_id, hub_id, association_id, e164) values ($1, $2, $3, $4, '+212612345678')`,
    [uuid(), contactId, hub.id, associationId],
  );
  await arrange.rows(
    `insert into contact_email (id, contact_id, hub_id, association_id, email) values ($1, $2, $3, $4, 'c@example.org')`,
    [uuid(), contactId, hub.id, associationId],
  );
  await arrangePhone(arrange, hub, agentId);
  const { ticketId, eventId } = await arrangeTicket(arrange, hub, { associationId, agentId, memberId, membershipId });
  return {
    hub,
    associationId,
    agentId,
    memberId,
    ticketId,
    eventId,
    rows: conditions(hub, associationId, eventId, [agentId, memberId]),
  };
}

async function arrangeTicket(
  arrange: Arrange,
  hub: TestHub,
  people: { associationId: string; agentId: string; memberId: string; membershipId: string },
): Promise<{ ticketId: string; eventId: string }> {
  const { associationId, agentId, memberId, membershipId } = people;
  const ticketId = await arrange.ticket(hub, { requesterId: memberId });
  await arrange.rows('update ticket set association_id = $2 where id = $1', [ticketId, associationId]);
  await arrange.reply(hub, ticketId, 'Bonjour', 'note');
  await arrange.rows(
    `insert into message (id, ticket_id, hub_id, association_id, kind, author_kind, author_name, channel, language, direction, body, search, created_at)
     values ($1, $2, $3, $4, 'note', 'staff', 'K', 'portal', 'fr', 'ltr', 'Secret', '', now())`,
    [uuid(), ticketId, hub.id, associationId],
  );
  const clockId = await arrange.clock(hub, ticketId, '2027-01-01');
  await arrange.rows(
    `insert into deadline (clock_id, kind, ticket_id, hub_id, due_at) values ($1, 'breach', $2, $3, '2027-01-01')`,
    [clockId, ticketId, hub.id],
  );
  const of = [uuid(), ticketId, hub.id];
  await arrange.rows(
    `insert into sla_pause (id, ticket_id, hub_id, from_at, reason) values ($1, $2, $3, now(), 'pending')`,
    of,
  );
  await arrange.rows(
    `insert into escalation (id, ticket_id, hub_id, from_level, to_level, reason, at) values ($1, $2, $3, 'agent', 'expert', 'other', now())`,
    of,
  );
  await arrange.rows(
    `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, can_write, granted_at) values ($1, $2, $3, $4, 'account', 'consultation', true, now())`,
    [uuid(), ticketId, hub.id, uuid()],
  );
  for (const table of TICKET_CHILDREN.filter((one) => !['event', 'ticket_grant', 'message'].includes(one)).concat(
    'message',
  )) {
    await arrange.rows(`update ${table} set association_id = $2 where ticket_id = $1`, [ticketId, associationId]);
  }
  const [{ id: eventId }] = await arrange.rows<{ id: string }>(
    `insert into event (at, type, hub_id, association_id, ticket_id) values (now(), 'ticket.noted', $1, $2, $3) returning id`,
    [hub.id, associationId, ticketId],
  );
  await arrange.rows(`insert into outbox (event_id, consumer) values ($1, 'mail')`, [eventId]);
  await arrange.rows(
    `insert into notification (id, event_id, account_id, kind, ticket_id, hub_id, created_at) values ($1, $2, $3, 'x', $4, $5, now())`,
    [uuid(), eventId, agentId, ticketId, hub.id],
  );
  await arrange.rows(
    `insert into mail_message (id, event_id, ticket_id, hub_id, template, language, to_address, subject, text, html, message_id, created_at)
     values ($1, $2, $3, $4, 'x', 'fr', 'c@example.org', 's', 't', 'h', $5, now())`,
    [uuid(), eventId, ticketId, hub.id, uuid()],
  );
  await arrange.rows(`insert into idempotency values ($1, 'k', '', 201, '{}', now())`, [agentId]);
  await arrange.rows(
    `insert into session (id, token_hash, account_id, membership_id, created_at, expires_at) values ($1, $2, $3, $4, now(), now())`,
    [uuid(), Buffer.from(uuid()), memberId, membershipId],
  );
  await arrange.rows(`insert into live_counter (hub_id, metric, value) values ($1, 'open', 1)`, [hub.id]);
  await arrange.rows(`insert into live_ticket values ($1, $2, '{}')`, [ticketId, hub.id]);
  await arrange.rows(
    `insert into macro (id, hub_id, code, kind, name_fr, name_ar, body_fr, body_ar) values ($1, $2, 'm', 'macro', 'm', 'm', 'm', 'm')`,
    [uuid(), hub.id],
  );
  await arrange.rows(
    `insert into routing_rule_set (hub_id, version, rules, published_at) values ($1, 2, '[]', now())`,
    [hub.id],
  );
  await arrange.rows(
    `insert into routing_rule (id, hub_id, position, conditions, queue_code, reason_fr, reason_ar) values ($1, $2, 1, '[]', 'LEGAL', 'r', 'r')`,
    [uuid(), hub.id],
  );
  await arrangeWork(arrange, hub, ticketId, agentId);
  await arrangeWriting(arrange, hub, ticketId, agentId);
  await arrangePortal(arrange, hub, { ...people, ticketId });
  await arrangeCollaboration(arrange, hub, ticketId, agentId);
  return { ticketId, eventId };
}

/** Unfinished texts, views, own words and invitations. */
async function arrangeWriting(arrange: Arrange, hub: TestHub, ticketId: string, agentId: string): Promise<void> {
  await arrange.rows(
    `insert into draft (ticket_id, hub_id, account_id, kind, text, version, saved_at) values ($1, $2, $3, 'reply', 'x', 2, now())`,
    [ticketId, hub.id, agentId],
  );
  await arrange.rows(
    `insert into saved_view (id, hub_id, account_id, name, query, created_at, updated_at) values ($1, $2, $3, 'x', '{}', now(), now())`,
    [uuid(), hub.id, agentId],
  );
  await arrange.rows(
    `insert into mail_text (hub_id, template, subject_fr, subject_ar, paragraphs_fr, paragraphs_ar, updated_at, updated_by) values ($1, 'late', 'x', 'x', '{x}', '{x}', now(), $2)`,
    [hub.id, agentId],
  );
  await arrange.rows(
    `insert into invitation (id, kind, role, hub_id, email, name, locale, invited_by, created_at, expires_at)
     values ($1, 'hub', 'agent', $2, 'new@example.org', 'x', 'fr', $3, now(), now() + interval '1 day')`,
    [uuid(), hub.id, agentId],
  );
}

/** Files, a rating, and an invitation. */
async function arrangePortal(
  arrange: Arrange,
  hub: TestHub,
  { ticketId, associationId, agentId }: { ticketId: string; associationId: string; agentId: string },
): Promise<void> {
  await arrange.rows(
    `insert into upload (id, account_id, name, type, size, sha256, file, created_at) values ($1, $2, 'a.pdf', 'application/pdf', 1, '', gen_random_uuid()::text, now())`,
    [uuid(), agentId],
  );
  await arrange.rows(
    `insert into attachment (id, ticket_id, hub_id, association_id, message_id, public, name, type, size, sha256, file, scan, created_at)
     select $1::uuid, m.ticket_id, m.hub_id, $3, m.id, m.public, 'a.pdf', 'application/pdf', 1, '', gen_random_uuid()::text, 'unscanned', now() from message m where m.ticket_id = $2 and not m.public`,
    [uuid(), ticketId, associationId],
  );
  await arrange.rows(
    'insert into rating (ticket_id, hub_id, association_id, score, created_at, updated_at) values ($1, $2, $3, 4, now(), now())',
    [ticketId, hub.id, associationId],
  );
  await arrange.rows(
    `insert into association_invitation (id, association_id, hub_id, email, name, role, locale, mandate, token_hash, invited_by, created_at, expires_at)
     values ($1, $2, $3, 'i@example.org', 'I', 'member', 'fr', '[2026-01-01,)', $4, $5, now(), now())`,
    [uuid(), associationId, hub.id, Buffer.from(uuid()), agentId],
  );
}

/** Offered work and reports. */
async function arrangeWork(arrange: Arrange, hub: TestHub, ticketId: string, agentId: string): Promise<void> {
  const calendarId = uuid();
  await arrange.rows(`insert into calendar values ($1, $2, 'c', 'c', $3)`, [calendarId, `OWN-${hub.code}`, hub.id]);
  await arrange.rows(
    `insert into sla_change (id, hub_id, why, calendar_id, published_at, done_at) values ($1, $2, 'calendar', $3, now(), now())`,
    [uuid(), hub.id, calendarId],
  );
  const [itemId, reasonId] = [uuid(), uuid()];
  await arrange.rows(
    `insert into presence_reason (id, hub_id, code, name_fr, name_ar, productive) values ($1, $2, 'own', 'x', 'x', false)`,
    [reasonId, hub.id],
  );
  await arrange.rows(
    `insert into agent_state (account_id, hub_id, presence, since, idle_since) values ($1, $2, 'available', now(), now())`,
    [agentId, hub.id],
  );
  await arrange.rows(
    `insert into agent_state_log (id, account_id, hub_id, presence, from_at) values ($1, $2, $3, 'available', now())`,
    [uuid(), agentId, hub.id],
  );
  await arrange.rows(
    `insert into agent_plan (hub_id, account_id, day, version, spans, why, author_id, at) values ($1, $2, '2026-11-23', 1, '[]', 'roster', $2, now())`,
    [hub.id, agentId],
  );
  await arrange.rows(
    `insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, ticket_id, queue_id, state, priority, cost, offer_seconds, max_wait_seconds, queued_at, state_at)
     values ($1, $2, $2, 'ticket_task', $3, $3, $4, 'offered', 'normal', 1, 30, 600, now(), now())`,
    [itemId, hub.id, ticketId, hub.queueId],
  );
  await arrange.rows(
    `insert into offer (id, item_id, hub_id, account_id, state, offered_at, expires_at) values ($1, $2, $3, $4, 'pending', now(), now() + interval '1 hour')`,
    [uuid(), itemId, hub.id, agentId],
  );
  await arrange.rows(
    `insert into ticket_fact (ticket_id, hub_id, queue_id, day, interval_no, opened_at, place_code, region_code, channel, language, category_code, kind, priority, level,
       open, waiting, reopened, transfers, escalations)
     values ($1, $2, $3, '2026-11-23', 0, now(), 'x', 'x', 'x', 'fr', 'x', 'x', 'normal', 'agent', true, true, 0, 0, 0)`,
    [ticketId, hub.id, hub.queueId],
  );
  await arrange.rows(
    `insert into report_day select (jsonb_populate_record(null::report_day, jsonb_object_agg(attname, case
         when attname = 'hub_id' then to_jsonb($1::text) when attname = 'dimension' then '"all"' when attname = 'grain' then '"day"'
         when attname = 'day' then '"2026-11-23"' when atttypid = 'int[]'::regtype then '[]' else to_jsonb(0) end))).*
     from pg_attribute where attrelid = 'report_day'::regclass and attnum > 0`,
    [hub.id],
  );
  await arrange.rows(
    `insert into report_export (id, account_id, actor, request, format, state, created_at, expires_at) values ($1, $2, '{}', '{}', 'csv', 'waiting', now(), now())`,
    [uuid(), agentId],
  );
}

/** Work of several people on one ticket. */
async function arrangeCollaboration(arrange: Arrange, hub: TestHub, ticketId: string, agentId: string): Promise<void> {
  const otherId = await arrange.ticket(hub);
  const of = [uuid(), ticketId, hub.id, agentId];
  const person = `'x', 'x'`;
  await arrange.rows(
    `insert into ticket_link (id, ticket_id, hub_id, created_by, other_id, kind, created_at) values ($1, $2, $3, $4, $5, 'related', now())`,
    [...of, otherId],
  );
  await arrange.rows(
    `insert into ticket_merge (id, source_id, hub_id, by_id, target_id, before, at, undo_until) values ($1, $2, $3, $4, $5, '{}', now(), now())`,
    [...of, otherId],
  );
  await arrange.rows(
    `insert into consultation (id, ticket_id, hub_id, asked_by, grant_id, to_kind, to_id, to_name_fr, to_name_ar, question, state, asked_by_name, asked_at, expires_at, remind_at)
     select $1, $2, $3, $4, g.id, 'account', gen_random_uuid(), ${person}, 'q', 'waiting', 'x', now(), now() + interval '1 day', now()
     from ticket_grant g where g.ticket_id = $2 limit 1`,
    of,
  );
  await arrange.rows(
    `insert into validation (id, ticket_id, hub_id, author_id, author_name, body, outcome, state, requested_at)
     values ($1, $2, $3, $4, 'x', 'x', 'answered', 'waiting', now())`,
    of,
  );
  await arrange.rows(
    `insert into pending_reply (id, ticket_id, hub_id, author_id, author_name, body, outcome, send_at, state, created_at)
     values ($1, $2, $3, $4, 'x', 'x', 'answered', now(), 'waiting', now())`,
    of,
  );
  await arrange.rows(
    `insert into mention (message_id, ticket_id, hub_id, account_id, at) select m.id, $1, $2, $3, now() from message m where m.ticket_id = $1 limit 1`,
    of.slice(1),
  );
  await arrange.rows(
    `insert into bulk_action (id, hub_id, account_id, change, rows, at, undo_until) values ($1, $2, $3, '{}', '[]', now(), now())`,
    [uuid(), hub.id, agentId],
  );
}

function conditions(hub: TestHub, associationId: string, eventId: string, people: string[]): Record<string, string> {
  const byHub = `hub_id = '${hub.id}'`;
  const byPeople = `account_id in ('${people.join("', '")}')`;
  const ofHub = [
    ...[
      'ticket',
      ...TICKET_CHILDREN,
      'contact',
      'contact_phone',
      'contact_email',
      'membership',
      'agent_skill',
      'mail_message',
    ],
    ...['association_invitation', 'attachment', 'rating'],
    ...[
      'presence_reason',
      'agent_state',
      'agent_state_log',
      'agent_plan',
      'work_item',
      'offer',
      'ticket_fact',
      'report_day',
    ],
    ...PHONE_TABLES,
    ...['saved_view', 'mail_text', 'invitation'],
    ...['ticket_link', 'ticket_merge', 'consultation', 'validation', 'pending_reply', 'mention', 'bulk_action'],
    ...[
      'live_ticket',
      'live_counter',
      'queue',
      'routing_rule',
      'routing_rule_set',
      'sla_policy',
      'calendar',
      'sla_change',
      'macro',
    ],
  ];
  return {
    ...Object.fromEntries(ofHub.map((table) => [table, byHub])),
    association: `id = '${associationId}'`,
    account: `id in ('${people.join("', '")}')`,
    session: byPeople,
    idempotency: byPeople,
    notification: byPeople,
    report_export: byPeople,
    draft: byPeople,
    upload: byPeople,
    outbox: `event_id = ${eventId}`,
  };
}

/** An actor of a side, as the session would give it. */
export function actorOf(side: Side, role: Actor['role']): Actor {
  const member = role === 'member' || role === 'manager';
  return {
    accountId: member ? side.memberId : side.agentId,
    name: role,
    role,
    hubId: role === 'coordinator' ? null : side.hub.id,
    hubIsNational: false,
    associationId: member ? side.associationId : null,
    association: member ? { placeCode: 'MA-07', nameFr: 'A', nameAr: 'ج' } : null,
    cleared: false,
    locale: 'fr',
  };
}
