import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import { planOf } from '@app/features/tickets/clock-writes';
import type { MadeTicket } from './ticket-maker';

/** Writes whole tickets, one statement for each table; their effects have been had, so the outbox stays empty. */
export async function writeTickets(
  tx: TenantTx,
  made: readonly MadeTicket[],
  notice: Record<'fr' | 'ar', string>,
): Promise<void> {
  await tx.allowLong(120_000);
  await insert(tx, 'ticket', made.map(ticketRow));
  await insertMessages(tx, made, notice);
  await insert(tx, 'sla_clock', made.flatMap(clockRows));
  await insert(tx, 'sla_pause', made.flatMap(pauseRows));
  await insert(tx, 'deadline', made.flatMap(deadlineRows));
  await insertEvents(tx, made);
  // Poke whoever follows the log.
  tx.logged = true;
}

async function insert(tx: TenantTx, table: string, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]).join(', ');
  await tx.sql(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}

const owner = ({ id, asked }: MadeTicket) => ({
  ticket_id: id,
  hub_id: asked.draft.hub.hubId,
  association_id: asked.association.id,
});

function ticketRow({ id, reference, asked, openedAt, assignee, life, messages }: MadeTicket) {
  const { draft, association } = asked;
  const { state } = life;
  return {
    ...{ id, reference, hub_id: draft.hub.hubId, origin_hub_id: draft.hub.hubId },
    association_id: association.id,
    association_fr: association.nameFr,
    association_ar: association.nameAr,
    requester_contact_id: association.contactId,
    requester_name: association.contactName,
    place_code: association.placeCode,
    channel: draft.channel,
    language: draft.language,
    answer_language: draft.answerLanguage,
    kind: draft.category.kind,
    advice_level: draft.category.adviceLevel,
    category_code: draft.category.code,
    queue_id: draft.queue.id,
    priority: draft.priority,
    confidentiality: draft.confidentiality,
    needs_validation: draft.category.needsValidation,
    status: state.status,
    hold_reason: state.holdReason,
    level: 'agent',
    assignee_id: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
    subject: draft.subject,
    tags: draft.tags,
    next_due_at: state.nextDueAt,
    last_public_message_id: messages.at(-1)!.id,
    version: state.version,
    opened_at: openedAt,
    updated_at: state.updatedAt,
    answered_at: state.answeredAt,
    resolved_at: state.resolvedAt,
    closed_at: state.closedAt,
  };
}

async function insertMessages(
  tx: TenantTx,
  made: readonly MadeTicket[],
  notice: Record<'fr' | 'ar', string>,
): Promise<void> {
  const rows = made.flatMap((ticket) =>
    ticket.messages.map(({ author, at, ...message }) => ({
      ...owner(ticket),
      ...message,
      author_id: author?.id ?? null,
      author_kind: author ? 'staff' : 'requester',
      author_name: author?.name ?? ticket.asked.association.contactName ?? '',
      channel: ticket.asked.draft.channel,
      legal_notice: author ? notice[ticket.asked.draft.answerLanguage] : null,
      created_at: at,
    })),
  );
  await tx.sql(
    `insert into message (id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body,
       legal_notice, search, created_at)
     select id, ticket_id, hub_id, association_id, 'reply', author_id, author_kind, author_name, channel, language, direction, body,
       legal_notice, array_to_tsvector(string_to_array(document, ' ')), created_at
     from json_to_recordset($1::json) as x(id uuid, ticket_id uuid, hub_id uuid, association_id uuid, author_id uuid, author_kind text,
       author_name text, channel text, language text, direction text, body text, legal_notice text, document text, created_at timestamptz)`,
    [JSON.stringify(rows)],
  );
}

function clockRows(ticket: MadeTicket) {
  return ticket.life.clocks.map((clock) => ({
    id: clock.id,
    ...owner(ticket),
    metric: clock.metric,
    cycle: clock.cycle,
    policy_version_id: clock.policyVersionId,
    calendar_version_id: clock.calendarVersionId,
    time: clock.time,
    target_minutes: clock.targetMinutes,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
    state: clock.state,
    met_at: clock.metAt,
    warned_at: clock.warnedAt,
    breached_at: clock.breachedAt,
  }));
}

function pauseRows(ticket: MadeTicket) {
  return ticket.life.pauses.map(({ from, to, reason }) => ({
    id: uuid(),
    ...owner(ticket),
    from_at: from,
    to_at: to,
    reason,
  }));
}

function deadlineRows(ticket: MadeTicket) {
  return ticket.life.clocks.map(({ id, steps, done }) => ({
    clock_id: id,
    ...owner(ticket),
    ...planOf(steps),
    done,
  }));
}

async function insertEvents(tx: TenantTx, made: readonly MadeTicket[]): Promise<void> {
  const rows = made.flatMap((ticket) =>
    ticket.life.events.map(({ at, type, actorId, version, data }) => ({
      at,
      type,
      ...owner(ticket),
      actor_id: actorId,
      entity_version: version,
      data,
    })),
  );
  await tx.sql(
    `insert into event (at, type, hub_id, association_id, ticket_id, actor_id, entity_version, data)
     select at, type, hub_id, association_id, ticket_id, actor_id, entity_version, data
     from json_to_recordset($1::json) as x(at timestamptz, type text, hub_id uuid, association_id uuid, ticket_id uuid, actor_id uuid,
       entity_version int, data jsonb)`,
    [JSON.stringify(rows)],
  );
}
