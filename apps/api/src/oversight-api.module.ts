import { Module } from '@nestjs/common';
import { AuditModule } from '@app/features/audit/audit.module';
import { AuditController } from './oversight/audit.controller';
import { SystemController } from './oversight/system.controller';

@Module({ imports: [AuditModule], controllers: [AuditController, SystemController] })
export class OversightApiModule {}
