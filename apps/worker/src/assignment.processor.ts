import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { AssignmentService } from '@app/features/routing/assignment.service';
import { ConsumerProcessor } from '@app/platform/consumer.processor';
import { LOG, type Log } from '@app/platform/log';
import { workerOptions } from '@app/platform/queues';

@Processor('assignment', workerOptions(2))
export class AssignmentProcessor extends ConsumerProcessor {
  constructor(service: AssignmentService, db: TenantDb, @Inject(LOG) log: Log) {
    super('assignment', db, log, (tx, event) => service.assign(tx, event));
  }
}
