import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { AuditQueries } from './audit.queries';
import { OutboxGauges } from './outbox-gauges.service';
import { OutboxService } from './outbox.service';
import { RetentionService } from './retention.service';
import { SealService } from './seal.service';
import { SystemStateQueries } from './system-state.queries';

const PARTS = [AuditQueries, OutboxGauges, OutboxService, RetentionService, SealService, SystemStateQueries];

@Module({ imports: [DirectoryModule], providers: [...PARTS, CursorSecret], exports: PARTS })
export class AuditModule {}
