import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { takeLine, type LineCall } from '../work/line-writes';
import { databaseTime, type AgentKey } from '../work/work-rows';
import { touched, type LockedCall } from './call-locks';
import { dropWork } from './callback-writes';

const BATCH = 100;

/** Calls of which nothing was heard for too long. */
const SILENT = `
  update call k set state = 'ended', outcome = 'lost', ended_at = k.last_event_at, version = k.version + 1
  where k.id in (
    select c.id from call c left join hub_telephony h on h.hub_id = c.hub_id
    where c.state <> 'ended' and c.last_event_at < clock_timestamp() - make_interval(mins => coalesce(h.lost_after_minutes, 240))
    order by c.last_event_at limit ${BATCH} for update of c skip locked)
  returning k.id, k.hub_id as "hubId", k.state, k.direction, k.account_id as "accountId", k.version`;

/** On the line of somebody who had another one before, and never counted for them. Whoever was released by hand stays so. */
const UNCOUNTED = `
  select k.id as "callId", k.hub_id as "hubId", k.account_id as "accountId", coalesce(k.queue_id, (select q.id from queue q where q.hub_id = k.hub_id order by q.code = 'PHONE' desc, q.code limit 1)) as "queueId",
    coalesce(k.queued_at, k.started_at) as "queuedAt"
  from call k join agent_state a on a.account_id = k.account_id and a.hub_id = k.hub_id and a.calls_used = 0
  where k.source = 'pbx' and (k.state in ('active', 'held') or (k.direction = 'out' and k.state = 'ringing'))
    and not exists (select from work_item i where i.subject_id = k.id and i.kind = 'call' and i.account_id = k.account_id)
  order by k.id limit ${BATCH}`;

/** Counts second lines, and closes calls that never end; what is heard of those later still counts. */
@Injectable()
export class CallSweep {
  constructor(private readonly db: TenantDb) {}

  async countSecondLines(): Promise<void> {
    const found = await this.db.system((tx) => tx.query<LineCall & AgentKey>('call-uncounted', UNCOUNTED));
    for (const { hubId, accountId, ...call } of found) {
      await this.db.system(async (tx) => takeLine(tx, { hubId, accountId }, call, await databaseTime(tx)));
    }
  }

  closeSilent(): Promise<number> {
    return this.db.system(async (tx) => {
      const lost = await tx.query<LockedCall>('call-lost', SILENT);
      const now = await databaseTime(tx);
      for (const call of lost) {
        await dropWork(tx, call.id, now, 'abandoned');
        touched(tx, call);
      }
      return lost.length;
    });
  }
}
