import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { isOpen } from '@app/domain/business-hours';
import type { Decision } from '@app/domain/calls/adapter';
import { numberOf } from '@app/domain/calls/call-parties';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import { relaxationOf } from '@app/domain/work/candidates';
import { COST, OFFER_SECONDS, WRAP_UP_SECONDS } from '@app/domain/work/capacity';
import { opens } from '@app/domain/work/relaxation';
import { ReferenceData } from '../directory/reference-data';
import { DispatcherService } from '../work/dispatcher.service';
import { SAID_TIMES, withTimes, type SaidTimes } from '../work/relaxation-rows';
import { databaseTime } from '../work/work-rows';
import { callIdOf } from './call-root';
import { dropWork, requestCallback } from './callback-writes';
import { languageOf } from './caller-language';
import { matchNumber } from './caller-match';
import type { Integration } from './integration-rows';
import { callbackQueue, queueOfRef, telephonyOf, type CallQueue } from './telephony-rows';

const CONTINUE: Decision = { kind: 'continue' };
const MAX_WAIT_SECONDS = 600;

interface Waiting extends SaidTimes {
  itemId: string;
  state: string;
  queuedAt: Date;
  maxWaitSeconds: number;
}

const ADD = `
  insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, queue_id, state, priority, required, cost, offer_seconds, max_wait_seconds, wrap_up_seconds,
    queued_at, state_at)
  select $1, $2, $2, 'call', $3, $4, 'queued', 'normal', '[]', $5, $6, $7, $8, $9, $9
  where not exists (select from work_item where subject_id = $3)
  on conflict (subject_id) where state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up') do nothing`;
const ITEM = `
  select i.id as "itemId", i.state, i.queued_at as "queuedAt", i.max_wait_seconds as "maxWaitSeconds",
    ${SAID_TIMES}
  from work_item i join queue q on q.id = i.queue_id where i.subject_id = $1 order by i.queued_at desc limit 1`;
/** The telephone of whoever has it on offer, and how long that still stands; or of whoever has accepted it on the screen. */
const OFFERED = `
  select p.value, case o.state when 'pending' then greatest(1, extract(epoch from o.expires_at - clock_timestamp())) else i.offer_seconds end::int as seconds
  from offer o join work_item i on i.id = o.item_id join pbx_agent p on p.account_id = o.account_id and p.hub_id = o.hub_id and p.kind in ('extension', 'sipPeer')
  where o.item_id = $1 and (o.state = 'pending' and o.expires_at > clock_timestamp() or o.state = 'accepted' and o.ended_at is null and i.state = 'accepted')
  order by p.kind = 'extension' desc, p.value`;

/** Where a call goes when the hub itself chooses: the question of the telephone system is answered from the offers. */
@Injectable()
export class CallRoutingService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly dispatcher: DispatcherService,
  ) {}

  /** Asked again while a caller waits, it answers by what holds then. Only queues that we distribute, in a hub of level L3. */
  async decide(integration: Integration, begun: CanonicalEvent): Promise<Decision> {
    if (begun.direction !== 'in') return CONTINUE;
    const { hubId } = integration;
    const waiting = await this.db.system((tx) => this.enqueue(tx, integration, begun));
    if (!waiting) return CONTINUE;
    await this.dispatcher.dispatch(hubId);
    return this.db.system(async (tx) => {
      const targets = await tx.query<{ value: string; seconds: number }>('call-offered', OFFERED, [waiting.itemId]);
      if (targets.length === 0) return this.nobody(tx, integration, begun, waiting);
      const numbers = targets.map((one) => one.value.replace(/^\w+\//, ''));
      return { kind: 'dial', numbers, callerId: null, ringSeconds: targets[0].seconds };
    });
  }

  private async enqueue(tx: TenantTx, { id, hubId }: Integration, begun: CanonicalEvent): Promise<Waiting | null> {
    const { level } = await telephonyOf(tx, hubId);
    if (level !== 'L3' || !isOpen(this.reference.calendarOf(hubId).calendar, tx.now)) return null;
    const queue = await queueOfRef(tx, hubId, begun.queueRef);
    if (!queue || queue.distribution !== 'ours') return null;
    const callId = callIdOf({ integrationId: id, rootId: begun.rootId });
    await tx.query('call-add', ADD, [uuid(), hubId, callId, queue.id, ...costOf(queue), await databaseTime(tx)]);
    const [item] = await tx.query<Waiting>('call-waiting', ITEM, [callId]);
    return ['queued', 'offered', 'accepted'].includes(item.state) ? item : null;
  }

  /** Nobody can take it: it waits on, and after the step at which a call back is due, that is promised instead. */
  private async nobody(
    tx: TenantTx,
    { id, hubId }: Integration,
    begun: CanonicalEvent,
    waiting: Waiting,
  ): Promise<Decision> {
    const now = await databaseTime(tx);
    const timed = withTimes(waiting);
    const step = relaxationOf(timed, now);
    const e164 = numberOf(begun.from ?? '');
    if (!e164 || !opens('callback', step, timed.times)) return CONTINUE;
    const callId = callIdOf({ integrationId: id, rootId: begun.rootId });
    const { id: queueId } = await callbackQueue(tx, hubId);
    const { code: hubCode, languages } = this.reference.hub(hubId);
    await dropWork(tx, callId, now, 'called_back');
    const { contactId, associationId } = await matchNumber(tx, hubId, e164);
    const language = await languageOf(tx, begun.ivr ?? {}, contactId, languages);
    const { queuedAt } = waiting;
    await requestCallback(
      tx,
      { hubId, hubCode, queueId, e164, source: 'overflow', language, contactId, associationId, queuedAt },
      this.reference.calendarOf(hubId).calendar,
    );
    return { kind: 'reject', reason: 'busy' };
  }
}

function costOf({ settings }: CallQueue): number[] {
  return [
    COST.call,
    settings.offerTimeoutSeconds ?? OFFER_SECONDS.call,
    settings.maxWaitSeconds ?? MAX_WAIT_SECONDS,
    settings.wrapUpSeconds ?? WRAP_UP_SECONDS.call,
  ];
}
