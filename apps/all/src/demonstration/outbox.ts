import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Consumer } from '@app/domain/events';
import { StepNotices } from '@app/features/notifications/step-notices.service';
import { LadderService } from '@app/features/tickets/ladder.service';
import { NotifyService } from '@app/features/notifications/notify.service';
import { AssignmentService } from '@app/features/routing/assignment.service';
import { consume, type Effect } from '@app/platform/consumer';

/** Does at once what the workers would do; mail counts as sent and leaves no trace outside the ledger. */
export class Outbox {
  private readonly db: TenantDb;
  private readonly effects: Record<Consumer, Effect>;

  constructor(app: INestApplicationContext) {
    this.db = app.get(TenantDb);
    const assignment = app.get(AssignmentService);
    const notify = app.get(NotifyService);
    const ladder = app.get(LadderService);
    const notices = app.get(StepNotices);
    this.effects = {
      assignment: (tx, event) => assignment.assign(tx, event),
      ladder: async (tx, event) => void (await ladder.take(tx, [event])),
      notice: async (tx, event) => void (await notices.tell(tx, [event])),
      notification: (tx, event) => notify.notify(tx, event),
      mail: async (tx, event) => {
        await tx.query('demonstration-mail', 'update mail_message set sent_at = $2 where id = $1', [
          event.data.mailId,
          tx.now,
        ]);
        tx.emit({ type: 'mail.sent', data: { mailId: event.data.mailId } });
      },
    };
  }

  /** Until nothing is left, in the order of the log. */
  async drain(): Promise<void> {
    for (;;) {
      const rows = await this.db.system((tx) =>
        tx.query<{ eventId: string; consumer: Consumer }>(
          'demonstration-outbox',
          `select event_id as "eventId", consumer from outbox where done_at is null and dead_at is null order by event_id, consumer`,
        ),
      );
      if (rows.length === 0) return;
      for (const { eventId, consumer } of rows) {
        const { result, ...rest } = await consume(this.db, consumer, eventId, this.effects[consumer]);
        if (result !== 'done') throw new Error(`The demonstration stopped at ${consumer}: ${JSON.stringify(rest)}`);
      }
    }
  }
}
