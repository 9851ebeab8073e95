import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { MandateEndView, MemberInvitationList, MemberInvitationView } from '@app/features/portal/member-view.dto';
import { MembersService } from '@app/features/portal/members.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams } from '../params.dto';
import { MandateBody, MemberInvitationParams, MemberParams, NewMemberBody } from './members.dto';

/** Who acts for an association, for its manager. */
@ApiTags('associations')
@ApiBearerAuth()
@Controller('associations/:id')
@Allow('members:manage')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get('invitations')
  async invitations(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<MemberInvitationList> {
    return { items: await this.members.invitations(actor, id) };
  }

  /** Invite somebody by e-mail; the link is valid for three days. */
  @Post('invitations')
  invite(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() body: NewMemberBody,
  ): Promise<MemberInvitationView> {
    return this.members.invite(actor, id, body);
  }

  /** Take an invitation back. */
  @Delete('invitations/:invitation')
  @HttpCode(204)
  uninvite(@CurrentActor() actor: Actor, @Param() { id, invitation }: MemberInvitationParams): Promise<void> {
    return this.members.uninvite(actor, id, invitation);
  }

  /** When a mandate ends; today ends it now and signs the person out. */
  @Put('members/:account/mandate')
  endMandate(
    @CurrentActor() actor: Actor,
    @Param() { id, account }: MemberParams,
    @Body() { to }: MandateBody,
  ): Promise<MandateEndView> {
    return this.members.endMandate(actor, id, account, to);
  }
}
