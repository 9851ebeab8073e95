import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '@app/db/tenant-db';
import { isOpen } from '@app/domain/business-hours';
import { deriveCall, type CallRecord } from '@app/domain/calls/call-record';
import type { AgentRef } from '@app/domain/calls/canonical-event';
import { ReferenceData } from '../directory/reference-data';
import type { Applied, CallRow } from './call-applied';
import { afterCall } from './call-effects';
import { eventsOf } from './call-rows';
import { writeCall } from './call-writes';
import { matchNumber } from './caller-match';
import { accountIn, accountsOf, queueOfRef, telephonyOf } from './telephony-rows';

/** The same id for the same call, so that whoever hears of it first knows it. */
export function callIdOf(integrationId: string, rootId: string): string {
  const hex = createHash('sha256').update(`${integrationId} ${rootId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const ROW = `
  select id, state, outcome, account_id as "accountId", from_e164 as "fromE164", match, contact_id as "contactId", association_id as "associationId", callback_id as "callbackId",
    record, version
  from call where integration_id = $1 and root_id = $2 for update`;

/** From the events of a call to its row, and to what follows from it. The caller holds the lock of the call. */
@Injectable()
export class CallApply {
  constructor(private readonly reference: ReferenceData) {}

  async derive(
    tx: TenantTx,
    root: { integrationId: string; hubId: string; rootId: string },
    again = false,
  ): Promise<void> {
    const events = await eventsOf(tx, root.integrationId, root.rootId);
    if (events.length === 0) return;
    const { hubId } = root;
    const settings = await telephonyOf(tx, hubId);
    const { calendar } = this.reference.calendarOf(hubId);
    const record = deriveCall(events, {
      shortMs: settings.shortAbandonSeconds * 1_000,
      isOpen: (at) => isOpen(calendar, new Date(at)),
    });
    const [before] = await tx.query<CallRow>('call-row', ROW, [root.integrationId, root.rootId]);
    await promised(tx, callIdOf(root.integrationId, root.rootId), record);
    if (before && !again && isKnown(before, record)) return;
    const applied = await this.resolve(tx, root, record, before ?? null);
    await writeCall(tx, applied);
    await afterCall(tx, applied, { calendar, hubCode: this.reference.hub(hubId).code });
  }

  private async resolve(
    tx: TenantTx,
    root: { integrationId: string; hubId: string; rootId: string },
    record: CallRecord,
    before: CallRow | null,
  ): Promise<Applied> {
    const { hubId, integrationId, rootId } = root;
    const refs: AgentRef[] = [...record.ringing, ...record.answeredBy, ...record.legs.flatMap((leg) => leg.agents)];
    const known = await accountsOf(tx, hubId, refs);
    const other = record.direction === 'out' ? record.toE164 : record.fromE164;
    const matched = before && before.match !== 'none' ? before : await matchNumber(tx, hubId, other);
    const queue = record.direction === 'in' ? await queueOfRef(tx, hubId, record.queueRef) : null;
    return {
      id: before?.id ?? callIdOf(integrationId, rootId),
      integrationId,
      rootId,
      hubId,
      record,
      before,
      accountId: inHandsOf(known, record),
      ringing: [...new Set(record.ringing.flatMap((ref) => known.get(`${ref.kind} ${ref.value}`) ?? []))],
      legAccounts: record.legs.map((leg) => accountIn(known, leg.agents)),
      queue,
      other,
      match: matched.match,
      contactId: matched.contactId,
      associationId: matched.associationId,
      version: (before?.version ?? 0) + 1,
    };
  }
}

/** Who answered; of a call out, who makes it. */
function inHandsOf(known: ReadonlyMap<string, string>, record: CallRecord): string | null {
  return accountIn(known, record.answeredBy) ?? (record.direction === 'out' ? accountIn(known, record.ringing) : null);
}

/** Whom we have promised a call instead did not give up. */
async function promised(tx: TenantTx, callId: string, record: CallRecord): Promise<void> {
  if (record.outcome !== 'abandoned') return;
  const rows = await tx.query(
    'call-promised',
    `select 1 from work_item where subject_id = $1 and state = 'called_back'`,
    [callId],
  );
  if (rows.length > 0) Object.assign(record, { outcome: 'called_back', short: false });
}

/** Nothing new was told; what was given up for lost stays so until it really ends. */
function isKnown(before: CallRow, record: CallRecord): boolean {
  if (before.outcome === 'lost' && record.state !== 'ended') return true;
  // A recording may be kept now that it could not before.
  if (record.recordingRef !== null) return false;
  return JSON.stringify(sorted(before.record)) === JSON.stringify(sorted(record)) && before.outcome !== 'lost';
}

/** As the database gives it back: keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
