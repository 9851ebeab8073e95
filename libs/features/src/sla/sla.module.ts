import { Module } from '@nestjs/common';
import { Sweeper } from './sweeper.service';

@Module({ providers: [Sweeper], exports: [Sweeper] })
export class SlaModule {}
