import { Module } from '@nestjs/common';
import { SessionReader } from '@app/platform/session-reader';
import { SessionsService } from './sessions.service';

@Module({ providers: [SessionsService, SessionReader], exports: [SessionsService, SessionReader] })
export class IdentityModule {}
