import { Injectable } from '@nestjs/common';
import type { TenantTx } from '@app/db/tenant-db';
import { isOpen } from '@app/domain/business-hours';
import { deriveCall, type CallRecord } from '@app/domain/calls/call-record';
import type { AgentRef } from '@app/domain/calls/canonical-event';
import { DAY_MS } from '@app/domain/zone';
import { BODIES_KEPT_DAYS } from './call-rows';
import { ReferenceData } from '../directory/reference-data';
import type { Applied, CallRow } from './call-applied';
import { afterCall } from './call-effects';
import { lockRoots, readBatch, type CallBatch } from './call-batch';
import { callIdOf, rootKey, type Root } from './call-root';
import { writeCall } from './call-writes';
import { matchNumber } from './caller-match';
import { accountIn, accountsOf, queueOfRef, type CallQueue } from './telephony-rows';

/** A day before the first of what was told of it may be gone. */
const FORGOTTEN_MS = (BODIES_KEPT_DAYS - 1) * DAY_MS;

/** A call whose record is told and not yet written. */
interface Derived {
  root: Root;
  record: CallRecord;
  before: CallRow | null;
}

/** From the events of calls to their rows, and to what follows from them. */
@Injectable()
export class CallApply {
  constructor(private readonly reference: ReferenceData) {}

  /** What these calls need is read for all at once; they are written one after the other. `again`: even if nothing new was told. */
  async derive(tx: TenantTx, roots: readonly Root[], again = false): Promise<void> {
    if (roots.length === 0) return;
    await lockRoots(tx, roots);
    const batch = await readBatch(tx, roots);
    const derived: Derived[] = [];
    for (const root of roots) {
      const one = await this.recordOf(tx, root, batch);
      if (one && (again || !one.before || !isKnown(one.before, one.record))) derived.push(one);
    }
    const resolver = await Resolver.of(tx, derived);
    for (const one of derived) {
      const { hubId } = one.root;
      const applied = await resolver.resolve(one, batch);
      await writeCall(tx, applied);
      const { calendar } = this.reference.calendarOf(hubId);
      await afterCall(tx, applied, { calendar, hub: this.reference.hub(hubId) });
    }
  }

  private async recordOf(tx: TenantTx, root: Root, batch: CallBatch): Promise<Derived | null> {
    const key = rootKey(root);
    const events = batch.events.get(key) ?? [];
    if (events.length === 0) return null;
    const before = batch.rows.get(key) ?? null;
    if (before?.state === 'ended' && before.record.lastEventAt < tx.now.getTime() - FORGOTTEN_MS) return null;
    const { calendar } = this.reference.calendarOf(root.hubId);
    const record = deriveCall(events, {
      shortMs: batch.settings.get(root.hubId)!.shortAbandonSeconds * 1_000,
      isOpen: (at) => isOpen(calendar, new Date(at)),
    });
    await promised(tx, callIdOf(root), record);
    return { root, record, before };
  }
}

/** Whose telephones, which queue and which caller the names of telephone systems mean. */
class Resolver {
  private readonly queues = new Map<string, Promise<CallQueue | null>>();

  private constructor(
    private readonly tx: TenantTx,
    private readonly accounts: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ) {}

  static async of(tx: TenantTx, derived: readonly Derived[]): Promise<Resolver> {
    const refs = new Map<string, AgentRef[]>();
    for (const { root, record } of derived) refs.set(root.hubId, [...(refs.get(root.hubId) ?? []), ...refsOf(record)]);
    const accounts = new Map<string, ReadonlyMap<string, string>>();
    for (const [hubId, ofHub] of refs) accounts.set(hubId, await accountsOf(tx, hubId, distinct(ofHub)));
    return new Resolver(tx, accounts);
  }

  async resolve({ root, record, before }: Derived, batch: CallBatch): Promise<Applied> {
    const { hubId, integrationId, rootId } = root;
    const known = this.accounts.get(hubId)!;
    const other = record.direction === 'out' ? record.toE164 : record.fromE164;
    const matched = before && before.match !== 'none' ? before : await matchNumber(this.tx, hubId, other);
    const id = before?.id ?? callIdOf(root);
    return {
      id,
      integrationId,
      rootId,
      hubId,
      record,
      before,
      accountId: inHandsOf(known, record),
      ringing: [...new Set(record.ringing.flatMap((ref) => known.get(`${ref.kind} ${ref.value}`) ?? []))],
      legAccounts: record.legs.map((leg) => accountIn(known, leg.agents)),
      queue: record.direction === 'in' ? await this.queue(hubId, record.queueRef) : null,
      other,
      match: matched.match,
      contactId: matched.contactId,
      associationId: matched.associationId,
      // At level L3 work may have begun since the batch was read.
      mayHaveWork: batch.withWork.has(id) || batch.settings.get(hubId)!.level === 'L3',
      version: (before?.version ?? 0) + 1,
    };
  }

  private queue(hubId: string, ref: string | null): Promise<CallQueue | null> {
    const key = `${hubId} ${ref ?? ''}`;
    const found = this.queues.get(key) ?? queueOfRef(this.tx, hubId, ref);
    this.queues.set(key, found);
    return found;
  }
}

const refsOf = (record: CallRecord): AgentRef[] => [
  ...record.ringing,
  ...record.answeredBy,
  ...record.legs.flatMap((leg) => leg.agents),
];

const distinct = (refs: readonly AgentRef[]): AgentRef[] => [
  ...new Map(refs.map((ref) => [`${ref.kind} ${ref.value}`, ref])).values(),
];

/** Who answered; of a call out, who makes it. */
function inHandsOf(known: ReadonlyMap<string, string>, record: CallRecord): string | null {
  return accountIn(known, record.answeredBy) ?? (record.direction === 'out' ? accountIn(known, record.ringing) : null);
}

/** Whom we have promised a call instead did not give up. */
async function promised(tx: TenantTx, callId: string, record: CallRecord): Promise<void> {
  if (record.outcome !== 'abandoned') return;
  const rows = await tx.query(
    'call-promised',
    `select 1 from work_item where subject_id = $1 and kind = 'call' and state = 'called_back'`,
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
