import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { NotifyService } from '@app/features/notifications/notify.service';
import { ConsumerProcessor } from '@app/platform/consumer.processor';
import { LOG, type Log } from '@app/platform/log';
import { workerOptions } from '@app/platform/queues';

@Processor('notification', workerOptions(4))
export class NotificationProcessor extends ConsumerProcessor {
  constructor(service: NotifyService, db: TenantDb, @Inject(LOG) log: Log) {
    super('notification', db, log, (tx, event) => service.notify(tx, event));
  }
}
