import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { TicketsModule } from '../tickets/tickets.module';
import { FollowService } from './follow.service';
import { PortalQueries } from './portal.queries';
import { RequestsService } from './requests.service';

const PARTS = [PortalQueries, RequestsService, FollowService];

@Module({ imports: [DirectoryModule, TicketsModule], providers: PARTS, exports: PARTS })
export class PortalModule {}
