import type { Language } from '@app/domain/language';
import type { ReplyOutcome } from '@app/domain/ticket-status';
import type { ReferenceCopy } from '../directory/reference-data';
import type { ValidationState, ValidationView } from './validation-view.dto';

export interface ValidationRow {
  id: string;
  ticketId: string;
  hubId: string;
  authorId: string;
  authorName: string;
  validatorId: string | null;
  grantId: string | null;
  body: string;
  language: Language | null;
  outcome: ReplyOutcome;
  seenMessageId: string | null;
  state: ValidationState;
  requestedAt: Date;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  remarks: string | null;
  messageId: string | null;
  version: number;
}

export const VALIDATION_COLUMNS = `v.id, v.ticket_id as "ticketId", v.hub_id as "hubId", v.author_id as "authorId", v.author_name as "authorName",
  v.validator_id as "validatorId", v.grant_id as "grantId", v.body, v.language, v.outcome, v.seen_message_id as "seenMessageId", v.state,
  v.requested_at as "requestedAt", v.decided_by as "decidedBy", v.decided_by_name as "decidedByName", v.decided_at as "decidedAt", v.remarks,
  v.message_id as "messageId", v.version`;

export function validationView(
  row: ValidationRow,
  ticket: { reference: string; subject: string; lastPublicMessageId: string | null },
  { hubs }: ReferenceCopy,
): ValidationView {
  const { id, code, nameFr, nameAr } = hubs.get(row.hubId)!;
  const { decidedBy, seenMessageId } = row;
  return {
    id: row.id,
    ticketId: row.ticketId,
    reference: ticket.reference,
    subject: ticket.subject,
    hub: { id, code, nameFr, nameAr },
    author: { id: row.authorId, name: row.authorName },
    validatorId: row.validatorId,
    body: row.body,
    outcome: row.outcome,
    state: row.state,
    requestedAt: row.requestedAt,
    decidedBy: decidedBy ? { id: decidedBy, name: row.decidedByName ?? '' } : null,
    decidedAt: row.decidedAt,
    remarks: row.remarks,
    messageId: row.messageId,
    stale: row.state === 'waiting' && seenMessageId !== null && seenMessageId !== ticket.lastPublicMessageId,
    version: row.version,
  };
}
