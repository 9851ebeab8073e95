import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { IdentityModule } from '../identity/identity.module';
import { CursorSecret } from '@app/platform/cursor';
import { TicketsModule } from '../tickets/tickets.module';
import { CodesService } from './codes.service';
import { FollowService } from './follow.service';
import { MemberInvitationsService } from './member-invitations.service';
import { MembersService } from './members.service';
import { PortalQueries } from './portal.queries';
import { RatingsQueries } from './ratings.queries';
import { RatingsService } from './ratings.service';
import { RequestsService } from './requests.service';

const PARTS = [
  PortalQueries,
  RequestsService,
  FollowService,
  CodesService,
  RatingsService,
  RatingsQueries,
  MembersService,
  MemberInvitationsService,
];

@Module({
  imports: [IdentityModule, DirectoryModule, TicketsModule],
  providers: [...PARTS, CursorSecret],
  exports: PARTS,
})
export class PortalModule {}
