import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { IntakeService } from '@app/features/work/intake.service';
import { ConsumerProcessor } from '@app/platform/consumer.processor';
import { LOG, type Log } from '@app/platform/log';
import { workerOptions } from '@app/platform/queues';

@Processor('assignment', workerOptions(2))
export class AssignmentProcessor extends ConsumerProcessor {
  constructor(service: IntakeService, db: TenantDb, @Inject(LOG) log: Log) {
    super('assignment', db, log, (tx, event) => service.take(tx, event));
  }
}
