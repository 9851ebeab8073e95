import type { TenantTx } from '@app/db/tenant-db';
import { localParts } from '@app/domain/zone';
import type { ReferenceCopy } from '../directory/reference-data';
import type { ConsultationState, ConsultationView, ConsultedView } from './consultation-view.dto';

export interface ConsultationRow {
  id: string;
  ticketId: string;
  hubId: string;
  grantId: string;
  toKind: 'account' | 'hub';
  toId: string;
  toNameFr: string;
  toNameAr: string;
  question: string;
  state: ConsultationState;
  askedBy: string;
  askedByName: string;
  askedAt: Date;
  expiresAt: Date;
  opinion: string | null;
  opinionByName: string | null;
  endedAt: Date | null;
  version: number;
}

export const CONSULTATION_COLUMNS = `c.id, c.ticket_id as "ticketId", c.hub_id as "hubId", c.grant_id as "grantId", c.to_kind as "toKind", c.to_id as "toId",
  c.to_name_fr as "toNameFr", c.to_name_ar as "toNameAr", c.question, c.state, c.asked_by as "askedBy", c.asked_by_name as "askedByName",
  c.asked_at as "askedAt", c.expires_at as "expiresAt", c.opinion, c.opinion_by_name as "opinionByName", c.ended_at as "endedAt", c.version`;

export function consultationView(
  row: ConsultationRow,
  ticket: { reference: string; subject: string },
  { hubs }: ReferenceCopy,
): ConsultationView {
  const { id, code, nameFr, nameAr } = hubs.get(row.hubId)!;
  return {
    id: row.id,
    ticketId: row.ticketId,
    reference: ticket.reference,
    subject: ticket.subject,
    hub: { id, code, nameFr, nameAr },
    to: { kind: row.toKind, id: row.toId, nameFr: row.toNameFr, nameAr: row.toNameAr },
    question: row.question,
    state: row.state,
    askedBy: row.askedByName,
    askedAt: row.askedAt,
    expiresAt: row.expiresAt,
    opinion: row.opinion,
    opinionBy: row.opinionByName,
    endedAt: row.endedAt,
    version: row.version,
  };
}

/** Experts of the hub and of those that have agreed to be consulted, and these hubs themselves; the national hub always. As system. */
export async function consultable(tx: TenantTx, hubId: string): Promise<ConsultedView[]> {
  return tx.query<ConsultedView>(
    'consultable',
    `with partner as (
        select to_hub_id as id from hub_agreement where from_hub_id = $1 and 'consultation' = any (what) and valid @> $2::date
        union select id from hub where is_national and id <> $1),
      expert as (
        select distinct on (a.id) a.id, a.name from membership m join account a on a.id = m.account_id and a.status = 'active'
        where m.role = 'expert' and m.valid @> $2::date and m.hub_id in (select id from partner union select $1::uuid) order by a.id)
     select 'account' as kind, id, name as "nameFr", name as "nameAr" from expert
     union all select 'hub', h.id, h.name_fr, h.name_ar from hub h where h.id in (select id from partner) and h.status = 'active'
     order by kind, "nameFr" limit 500`,
    [hubId, localParts(tx.now).date],
  );
}
