import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { AuditQueries } from './audit.queries';
import { OutboxService } from './outbox.service';
import { SealService } from './seal.service';
import { SystemStateQueries } from './system-state.queries';

const PARTS = [AuditQueries, OutboxService, SealService, SystemStateQueries];

@Module({ imports: [DirectoryModule], providers: [...PARTS, CursorSecret], exports: PARTS })
export class AuditModule {}
