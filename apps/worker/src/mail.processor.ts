import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { MailerService } from '@app/features/notifications/mailer.service';
import { ConsumerProcessor } from '@app/platform/consumer.processor';
import { LOG, type Log } from '@app/platform/log';
import { workerOptions } from '@app/platform/queues';

@Processor('mail', workerOptions(2))
export class MailProcessor extends ConsumerProcessor {
  constructor(service: MailerService, db: TenantDb, @Inject(LOG) log: Log) {
    super('mail', db, log, (tx, event) => service.send(tx, event));
  }
}
