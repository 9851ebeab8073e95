import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '@app/domain/access';
import { AcceptanceService } from '@app/features/administration/acceptance.service';
import { InvitationsService } from '@app/features/administration/invitations.service';
import {
  AcceptedInvitationView,
  InvitationList,
  InvitationView,
  OpenInvitationView,
} from '@app/features/administration/people-view.dto';
import { Allow, CurrentActor, Public } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { tagged, VERSION } from '../tagged';
import { AcceptanceBody, InvitationBody, InvitationTokenBody } from './people.dto';

@ApiTags('administration')
@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly service: InvitationsService,
    private readonly acceptance: AcceptanceService,
  ) {}

  /** The latest invitations of your people. */
  @ApiBearerAuth()
  @Allow('people:manage')
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<InvitationList> {
    return { items: await this.service.list(actor) };
  }

  /** Invites by e-mail; the link is good for three days and once. */
  @ApiBearerAuth()
  @Allow('people:manage')
  @Post()
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: InvitationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InvitationView> {
    const { locale = 'fr', cleared = false, languages = ['fr', 'ar'], ...rest } = body;
    return tagged(reply, await this.service.create(actor, { ...rest, locale, cleared, languages }));
  }

  /** A new mail with a new link. */
  @ApiBearerAuth()
  @Allow('people:manage')
  @ApiHeader(VERSION)
  @Post(':id/mail')
  @HttpCode(200)
  async resend(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InvitationView> {
    return tagged(reply, await this.service.resend(actor, id, version));
  }

  /** Takes it back: its link is good for nothing any more. */
  @ApiBearerAuth()
  @Allow('people:manage')
  @ApiHeader(VERSION)
  @Post(':id/revocation')
  @HttpCode(200)
  async revoke(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InvitationView> {
    return tagged(reply, await this.service.revoke(actor, id, version));
  }

  /** What the page behind the link shows. */
  @Public()
  @Post('lookup')
  @HttpCode(200)
  look(@Body() { token }: InvitationTokenBody, @Req() request: FastifyRequest): Promise<OpenInvitationView> {
    return this.acceptance.look(token, request.ip);
  }

  /** Accepts, once. Sign in afterwards. */
  @Public()
  @Post('acceptance')
  accept(@Body() { token, password }: AcceptanceBody, @Req() request: FastifyRequest): Promise<AcceptedInvitationView> {
    return this.acceptance.accept(token, password, request.ip);
  }
}
