import type { TenantTx } from '@app/db/tenant-db';
import type { CallState } from '@app/domain/calls/call-record';
import { Refusal } from '@app/domain/refusal';

export interface LockedCall {
  id: string;
  hubId: string;
  integrationId: string | null;
  rootId: string | null;
  state: CallState;
  direction: string;
  accountId: string | null;
  contactId: string | null;
  associationId: string | null;
  /** Whose call it is may be used: one exact record, or checked. */
  revealed: boolean;
  ticketId: string | null;
  note: string | null;
  endedAt: Date | null;
  version: number;
}

const ROW = `
  select id, hub_id as "hubId", integration_id as "integrationId", root_id as "rootId", state, direction, account_id as "accountId", contact_id as "contactId",
    association_id as "associationId", (match = 'exact' or verified_at is not null) as revealed, ticket_id as "ticketId", note, ended_at as "endedAt", version
  from call where id = $1 and hub_id = $2`;

/** A call of the hub. @throws Refusal `not_found` */
export async function ownCall(tx: TenantTx, hubId: string, id: string): Promise<LockedCall> {
  return known(await tx.query<LockedCall>('call-own', ROW, [id, hubId]));
}

/** The same, locked. */
export async function lockCall(tx: TenantTx, hubId: string, id: string): Promise<LockedCall> {
  return known(await tx.query<LockedCall>('call-own-lock', `${ROW} for update`, [id, hubId]));
}

function known([row]: LockedCall[]): LockedCall {
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

/** Somebody wrote on a call: screens that show it fetch it again. */
export function touched(tx: TenantTx, { id, hubId, version, state, direction, accountId }: LockedCall): void {
  const data = { callId: id, state, direction, accountId };
  tx.emit({ type: 'call.changed', hubId, entityVersion: version, data });
}
