import { Body, Controller, Delete, Get, HttpCode, Param, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { DraftsService } from '@app/features/writing/drafts.service';
import { DraftList, DraftView } from '@app/features/writing/writing-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { tagged, VERSION } from '../tagged';
import { DraftParams, SaveDraftBody } from './drafts.dto';

@ApiTags('writing')
@ApiBearerAuth()
@Controller()
export class DraftsController {
  constructor(private readonly drafts: DraftsService) {}

  /** Where you have something unfinished. */
  @Allow('drafts:write')
  @Get('me/drafts')
  async marks(@CurrentActor() actor: Actor): Promise<DraftList> {
    return { items: await this.drafts.marks(actor) };
  }

  /** Your draft on a ticket; empty, with its ETag, when there is none. */
  @Allow('drafts:write')
  @Get('tickets/:ticket/drafts/:kind')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { ticket, kind }: DraftParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return tagged(reply, await this.drafts.get(actor, ticket, kind));
  }

  /** Saves it. Send saves one after the other: each needs the ETag that the one before answered with. */
  @Allow('drafts:write')
  @ApiHeader(VERSION)
  @Put('tickets/:ticket/drafts/:kind')
  async save(
    @CurrentActor() actor: Actor,
    @Param() { ticket, kind }: DraftParams,
    @IfMatch() version: number,
    @Body() body: SaveDraftBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return tagged(reply, await this.drafts.save(actor, ticket, kind, body, version));
  }

  /** Throws it away; a save that was on its way comes too late. */
  @Allow('drafts:write')
  @ApiHeader(VERSION)
  @Delete('tickets/:ticket/drafts/:kind')
  @HttpCode(204)
  async remove(
    @CurrentActor() actor: Actor,
    @Param() { ticket, kind }: DraftParams,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.drafts.remove(actor, ticket, kind, version);
  }
}
