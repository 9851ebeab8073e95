import type { AnswerLanguage, Language } from '@app/domain/language';
import type { TicketSubject } from '@app/domain/access';
import type { Priority } from '@app/domain/sla-policy';
import type { AdviceLevel, Channel, Confidentiality, Kind, Level, Status } from '@app/domain/ticket';

/** A ticket as read; names as in the answers. */
export interface TicketRow {
  id: string;
  reference: string;
  hubId: string;
  originHubId: string;
  associationId: string | null;
  associationFr: string | null;
  associationAr: string | null;
  requesterAccountId: string | null;
  requesterContactId: string | null;
  requesterName: string | null;
  placeCode: string;
  channel: Channel;
  language: Language;
  answerLanguage: AnswerLanguage;
  kind: Kind;
  adviceLevel: AdviceLevel;
  categoryCode: string;
  queueId: string;
  priority: Priority;
  confidentiality: Confidentiality;
  needsValidation: boolean;
  status: Status;
  holdReason: string | null;
  level: Level;
  assigneeId: string | null;
  assigneeName: string | null;
  subject: string;
  tags: string[];
  nextDueAt: Date | null;
  /** The end of the nearest delay of the law. */
  nextLegalAt: Date | null;
  /** The place in the order of what is due: a delay of the law that is near stands before every promise. */
  urgencyAt: Date | null;
  lastPublicMessageId: string | null;
  followUpOf: string | null;
  mergedInto: string | null;
  version: number;
  openedAt: Date;
  updatedAt: Date;
  answeredAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

/** Columns in the order of the answers: explicit, so that a new column never leaks by itself. */
const COLUMNS: Record<keyof TicketRow, string> = {
  id: 'id',
  reference: 'reference',
  hubId: 'hub_id',
  originHubId: 'origin_hub_id',
  associationId: 'association_id',
  associationFr: 'association_fr',
  associationAr: 'association_ar',
  requesterAccountId: 'requester_account_id',
  requesterContactId: 'requester_contact_id',
  requesterName: 'requester_name',
  placeCode: 'place_code',
  channel: 'channel',
  language: 'language',
  answerLanguage: 'answer_language',
  kind: 'kind',
  adviceLevel: 'advice_level',
  categoryCode: 'category_code',
  queueId: 'queue_id',
  priority: 'priority',
  confidentiality: 'confidentiality',
  needsValidation: 'needs_validation',
  status: 'status',
  holdReason: 'hold_reason',
  level: 'level',
  assigneeId: 'assignee_id',
  assigneeName: 'assignee_name',
  subject: 'subject',
  tags: 'tags',
  nextDueAt: 'next_due_at',
  nextLegalAt: 'next_legal_at',
  urgencyAt: 'urgency_at',
  lastPublicMessageId: 'last_public_message_id',
  followUpOf: 'follow_up_of',
  mergedInto: 'merged_into',
  version: 'version',
  openedAt: 'opened_at',
  updatedAt: 'updated_at',
  answeredAt: 'answered_at',
  resolvedAt: 'resolved_at',
  closedAt: 'closed_at',
};

export const TICKET_COLUMNS = Object.entries(COLUMNS)
  .map(([name, column]) => `t.${column} as "${name}"`)
  .join(', ');

/** What the policy of access looks at. */
export function subjectOf(row: TicketRow, grant: TicketSubject['grant'] = 'none'): TicketSubject {
  return {
    hubId: row.hubId,
    associationId: row.associationId,
    requesterAccountId: row.requesterAccountId,
    assigneeId: row.assigneeId,
    restricted: row.confidentiality === 'restricted',
    grant,
  };
}

/** Column names and placeholders of an insert, from a fixed list. */
export function insertColumns(columns: readonly string[], first: number): { columns: string; placeholders: string } {
  return { columns: columns.join(', '), placeholders: columns.map((_, index) => `$${first + index}`).join(', ') };
}

/** The column of each property that a creation writes. */
export const CREATED_COLUMNS = (Object.entries(COLUMNS) as [keyof TicketRow, string][]).filter(
  ([property]) => property !== 'nextLegalAt' && property !== 'urgencyAt',
);
