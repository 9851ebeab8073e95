import { Module } from '@nestjs/common';
import { PortalModule } from '@app/features/portal/portal.module';
import { MemberInvitationsController } from './members/member-invitations.controller';
import { MembersController } from './members/members.controller';
import { PortalController } from './portal/portal.controller';
import { RatingReportController } from './ratings/rating-report.controller';
import { RatingsController } from './ratings/ratings.controller';
import { TicketRatingController } from './ratings/ticket-rating.controller';

@Module({
  imports: [PortalModule],
  controllers: [
    MembersController,
    MemberInvitationsController,
    PortalController,
    TicketRatingController,
    RatingsController,
    RatingReportController,
  ],
})
export class PortalApiModule {}
