import { Module } from '@nestjs/common';
import { SealService } from './seal.service';

@Module({ providers: [SealService], exports: [SealService] })
export class AuditModule {}
