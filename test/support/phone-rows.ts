import { v7 as uuid } from 'uuid';
import type { Arrange, TestHub } from './tickets';

/** Tables of the telephone that belong to hubs. */
export const PHONE_TABLES = [
  ...['hub_telephony', 'pbx_integration', 'pbx_queue', 'pbx_agent', 'pbx_event', 'pbx_mirror'],
  ...['call', 'call_leg', 'callback', 'callback_attempt', 'consent'],
];

/** One row in each of them. */
export async function arrangePhone(arrange: Arrange, hub: TestHub, agentId: string): Promise<void> {
  const [integrationId, callId, callbackId] = [uuid(), uuid(), uuid()];
  await arrange.rows('insert into hub_telephony (hub_id) values ($1)', [hub.id]);
  await arrange.rows(
    `insert into pbx_integration (id, hub_id, name, provider, token_hash, created_at) values ($1, $2, 'x', 'zammad', sha256($3::text::bytea), now())`,
    [integrationId, hub.id, integrationId],
  );
  await arrange.rows(`insert into pbx_queue (hub_id, ref, queue_id) values ($1, '600', $2)`, [hub.id, hub.queueId]);
  await arrange.rows(`insert into pbx_agent (hub_id, kind, value, account_id) values ($1, 'extension', '204', $2)`, [
    hub.id,
    agentId,
  ]);
  await arrange.rows(
    `insert into pbx_event (id, integration_id, hub_id, received_at, content_type, body) values ($1, $2, $3, now(), '', 'x')`,
    [uuid(), integrationId, hub.id],
  );
  await arrange.rows(
    `insert into pbx_mirror (integration_id, hub_id, kind, queue_ref, key, state, seen_at) values ($1, $2, 'member', '600', 'x', '{}', now())`,
    [integrationId, hub.id],
  );
  await arrange.rows(
    `insert into call (id, hub_id, direction, state, source, started_at, last_event_at, times) values ($1, $2, 'in', 'ringing', 'pbx', now(), now(), 'arrival')`,
    [callId, hub.id],
  );
  await arrange.rows(`insert into call_leg (call_id, leg_id, hub_id, outcome) values ($1, 'x', $2, 'ringing')`, [
    callId,
    hub.id,
  ]);
  await arrange.rows(
    `insert into callback (id, reference, hub_id, queue_id, e164, source, state, language, queued_at, requested_at, window_from, window_to, due_at, next_try_at, day, promise)
     values ($1, $2, $3, $4, '+212685000001', 'portal', 'waiting', 'ar', now(), now(), now(), now() + interval '1 hour', now() + interval '1 hour', now(), current_date, 'running')`,
    [callbackId, `${hub.code}-26-999999-9`, hub.id, hub.queueId],
  );
  await arrange.rows(
    `insert into callback_attempt (id, callback_id, hub_id, e164, account_id, number, started_at) values ($1, $2, $3, '+212685000001', $4, 1, now())`,
    [uuid(), callbackId, hub.id, agentId],
  );
  await arrange.rows(
    `insert into consent (id, hub_id, call_id, scope, state, wording_version, language, account_id, given_at) values ($1, $2, $3, 'recording', 'granted', '1', 'fr', $4, now())`,
    [uuid(), hub.id, callId, agentId],
  );
}
