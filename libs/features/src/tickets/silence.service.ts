import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, TenantDb } from '@app/db/tenant-db';
import { RESOLVED_DAYS, SILENT_WORKING_DAYS, workingDaysBefore } from '@app/domain/silence';
import type { Status } from '@app/domain/ticket';
import { DAY_MS } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import { ReferenceData } from '../directory/reference-data';
import { actOn } from './ticket-access';

const BATCH = 200;

/** What becomes of a question that nobody speaks of any more: answered, then resolved, then closed. */
@Injectable()
export class SilenceService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** Moves on what has been silent long enough; returns how many tickets moved. */
  async moveOn(): Promise<number> {
    const now = this.clock.now();
    let moved = 0;
    for (const hub of this.reference.current.hubs.values()) {
      const { calendar } = this.reference.calendarOf(hub.id);
      const silentSince = workingDaysBefore(calendar, now, SILENT_WORKING_DAYS);
      moved += await this.step(hub.id, ['answered', 'pending'], 'resolved', silentSince);
      moved += await this.step(hub.id, ['resolved'], 'closed', new Date(now.getTime() - RESOLVED_DAYS * DAY_MS));
    }
    return moved;
  }

  private async step(hubId: string, from: Status[], to: Status, before: Date): Promise<number> {
    const silent = await this.db.system((tx) =>
      tx.query<{ id: string }>(
        `silent:${to}`,
        `select id from ticket where hub_id = $1 and status = any ($2) and updated_at < $3 order by updated_at limit ${BATCH}`,
        [hubId, from, before],
      ),
    );
    for (const { id } of silent) {
      await actOn(this, SYSTEM_ACTOR, id, 'tickets:status', async ({ write, found }) => {
        // Somebody may have spoken since the list was read.
        if (!from.includes(write.row.status) || found.row.updatedAt >= before) return;
        write.step(to);
        await write.commit();
      });
    }
    return silent.length;
  }
}
