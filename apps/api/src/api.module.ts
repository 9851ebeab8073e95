import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityModule } from '@app/features/identity/identity.module';
import { PortalModule } from '@app/features/portal/portal.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { AccessGuard } from '@app/platform/access.guard';
import { HealthController } from '@app/platform/health.controller';
import { CallsApiModule } from './calls-api.module';
import { CollaborationApiModule } from './collaboration-api.module';
import { AdministrationApiModule } from './administration-api.module';
import { DirectoryApiModule } from './directory-api.module';
import { FilesApiModule } from './files-api.module';
import { MeController } from './me/me.controller';
import { NotificationsApiModule } from './notifications-api.module';
import { OversightApiModule } from './oversight-api.module';
import { PortalApiModule } from './portal-api.module';
import { ReportsApiModule } from './reports-api.module';
import { SessionsController } from './sessions/sessions.controller';
import { SlaApiModule } from './sla-api.module';
import { LegalDeadlinesController } from './tickets/legal-deadlines.controller';
import { TicketsController } from './tickets/tickets.controller';
import { WorkApiModule } from './work-api.module';
import { WritingApiModule } from './writing-api.module';

/** REST. Needs the global DatabaseModule. */
@Module({
  imports: [
    IdentityModule,
    PortalModule,
    TicketsModule,
    DirectoryApiModule,
    CollaborationApiModule,
    NotificationsApiModule,
    FilesApiModule,
    PortalApiModule,
    ReportsApiModule,
    SlaApiModule,
    WorkApiModule,
    WritingApiModule,
    CallsApiModule,
    AdministrationApiModule,
    OversightApiModule,
  ],
  controllers: [HealthController, SessionsController, MeController, TicketsController, LegalDeadlinesController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
})
export class ApiModule {}
