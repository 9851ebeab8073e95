import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { IdentityModule } from '../identity/identity.module';
import { TicketsModule } from '../tickets/tickets.module';
import { CodesService } from './codes.service';
import { FollowService } from './follow.service';
import { PortalQueries } from './portal.queries';
import { RequestsService } from './requests.service';

const PARTS = [PortalQueries, RequestsService, FollowService, CodesService];

@Module({ imports: [IdentityModule, DirectoryModule, TicketsModule], providers: PARTS, exports: PARTS })
export class PortalModule {}
