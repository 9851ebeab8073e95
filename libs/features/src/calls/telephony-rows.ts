import type { TenantTx } from '@app/db/tenant-db';
import type { CallbackRules } from '@app/domain/calls/callback-rules';
import type { AgentRef } from '@app/domain/calls/canonical-event';
import type { Distribution, TelephonyLevel } from './telephony-view.dto';

export interface Telephony {
  level: TelephonyLevel;
  recording: boolean;
  serviceLevelSeconds: number;
  shortAbandonSeconds: number;
  callbackSlotMinutes: number;
  callbacksPerSlot: number;
  callbackAttempts: number;
  callbackRetryMinutes: number;
  lostAfterMinutes: number;
  version: number;
}

/** Of a hub that has said nothing: calls are written down by hand. */
export const NO_TELEPHONY: Telephony = {
  level: 'L0',
  recording: false,
  serviceLevelSeconds: 20,
  shortAbandonSeconds: 5,
  callbackSlotMinutes: 60,
  callbacksPerSlot: 4,
  callbackAttempts: 3,
  callbackRetryMinutes: 60,
  lostAfterMinutes: 240,
  version: 1,
};

const SETTINGS = `
  select level, recording, service_level_seconds as "serviceLevelSeconds", short_abandon_seconds as "shortAbandonSeconds",
    callback_slot_minutes as "callbackSlotMinutes", callbacks_per_slot as "callbacksPerSlot", callback_attempts as "callbackAttempts",
    callback_retry_minutes as "callbackRetryMinutes", lost_after_minutes as "lostAfterMinutes", version
  from hub_telephony where hub_id = $1`;

export async function telephonyOf(tx: TenantTx, hubId: string): Promise<Telephony> {
  return (await tx.query<Telephony>('telephony-settings', SETTINGS, [hubId]))[0] ?? NO_TELEPHONY;
}

export function callbackRulesOf(settings: Telephony): CallbackRules {
  return {
    slotMinutes: settings.callbackSlotMinutes,
    perSlot: settings.callbacksPerSlot,
    attempts: settings.callbackAttempts,
    retryMinutes: settings.callbackRetryMinutes,
  };
}

export interface CallQueue {
  id: string;
  code: string;
  distribution: Distribution;
  settings: { offerTimeoutSeconds?: number; maxWaitSeconds?: number; wrapUpSeconds?: number };
}

const QUEUE = `q.id, q.code, coalesce(q.settings ->> 'distribution', 'ours') as distribution, q.settings`;

/** The queue that a telephone system means; without a name of its own that of calls, or the first there is. */
export async function queueOfRef(tx: TenantTx, hubId: string, ref: string | null): Promise<CallQueue | null> {
  const [row] = await tx.query<CallQueue>(
    'telephony-queue',
    `select ${QUEUE} from queue q
     where q.hub_id = $1 order by exists (select from pbx_queue p where p.hub_id = $1 and p.queue_id = q.id and p.ref = $2) desc,
       lower(q.code) = lower($2) desc, q.code = 'PHONE' desc, q.code limit 1`,
    [hubId, ref ?? ''],
  );
  return row ?? null;
}

/** The queue in which calls are owed. */
export async function callbackQueue(tx: TenantTx, hubId: string): Promise<CallQueue> {
  const [row] = await tx.query<CallQueue>(
    'telephony-callback-queue',
    `select ${QUEUE} from queue q where q.hub_id = $1 order by q.code = 'CALLBACK' desc, q.code = 'PHONE' desc, q.code limit 1`,
    [hubId],
  );
  return row;
}

/** Whose names these are, by kind and value. */
export async function accountsOf(tx: TenantTx, hubId: string, refs: readonly AgentRef[]): Promise<Map<string, string>> {
  if (refs.length === 0) return new Map();
  const rows = await tx.query<{ kind: string; value: string; accountId: string }>(
    'telephony-accounts',
    `select p.kind, p.value, p.account_id as "accountId" from pbx_agent p
     join unnest($2::text[], $3::text[]) x(kind, value) on x.kind = p.kind and x.value = p.value where p.hub_id = $1`,
    [hubId, refs.map((one) => one.kind), refs.map((one) => one.value)],
  );
  return new Map(rows.map((row) => [`${row.kind} ${row.value}`, row.accountId]));
}

/** The first of several names for one person that is known. */
export function accountIn(known: ReadonlyMap<string, string>, refs: readonly AgentRef[]): string | null {
  for (const { kind, value } of refs) {
    const found = known.get(`${kind} ${value}`);
    if (found) return found;
  }
  return null;
}
