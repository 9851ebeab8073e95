import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AcceptedMemberInvitation, OpenMemberInvitation } from '@app/features/portal/member-view.dto';
import { MemberInvitationsService } from '@app/features/portal/member-invitations.service';
import { Public } from '@app/platform/access';
import { MemberAcceptanceBody, MemberTokenBody } from './members.dto';

/** For whoever was invited to act for an association. */
@ApiTags('associations')
@Controller('member-invitations')
export class MemberInvitationsController {
  constructor(private readonly invitations: MemberInvitationsService) {}

  /** What the page behind the link shows. */
  @Public()
  @Post('lookup')
  @HttpCode(200)
  look(@Body() { token }: MemberTokenBody, @Req() request: FastifyRequest): Promise<OpenMemberInvitation> {
    return this.invitations.look(token, request.ip);
  }

  /** Accepts, once. Sign in afterwards. */
  @Public()
  @Post('acceptance')
  accept(
    @Body() { token, password }: MemberAcceptanceBody,
    @Req() request: FastifyRequest,
  ): Promise<AcceptedMemberInvitation> {
    return this.invitations.accept(token, password, request.ip);
  }
}
