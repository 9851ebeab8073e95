import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { databaseTime } from '../work/work-rows';
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

/** Closes calls that never end; what is heard of them later still counts. */
@Injectable()
export class CallSweep {
  constructor(private readonly db: TenantDb) {}

  async tick(): Promise<number> {
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
