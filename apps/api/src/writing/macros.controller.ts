import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { type MacroInput, MacrosService } from '@app/features/writing/macros.service';
import { MacrosQueries } from '@app/features/writing/macros.queries';
import { MacroList, MacroPreview, MacroView } from '@app/features/writing/writing-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { tagged, VERSION } from '../tagged';
import { CreateMacroBody, MacroBody, MacrosQuery, MacroTicketParams, PreviewMacroBody } from './macros.dto';

@ApiTags('writing')
@ApiBearerAuth()
@Controller()
export class MacrosController {
  constructor(
    private readonly service: MacrosService,
    private readonly queries: MacrosQueries,
  ) {}

  /** Macros, snippets and templates of your hub; the programme's where the hub has no copy. */
  @Allow('macros:read')
  @Get('macros')
  async list(@CurrentActor() actor: Actor, @Query() { kind, all }: MacrosQuery): Promise<MacroList> {
    return { items: await this.queries.list(actor, { kind, all: all === 'true' }) };
  }

  @Allow('macros:read')
  @Get('macros/:id')
  async find(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MacroView> {
    return tagged(reply, await this.queries.find(actor, id));
  }

  /** A new text of the hub (supervisor) or of the programme (coordinator); with a code of the programme, the hub's copy. */
  @Allow('macros:write')
  @Post('macros')
  async create(
    @CurrentActor() actor: Actor,
    @Body() { code, ...body }: CreateMacroBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MacroView> {
    return tagged(reply, await this.service.create(actor, code, inputOf(body)));
  }

  @Allow('macros:write')
  @ApiHeader(VERSION)
  @Put('macros/:id')
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: MacroBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MacroView> {
    return tagged(reply, await this.service.change(actor, id, inputOf(body), version));
  }

  /** A hub's copy goes and the programme's text holds again; a text of the programme is put aside. */
  @Allow('macros:write')
  @ApiHeader(VERSION)
  @Delete('macros/:id')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param() { id }: IdParams, @IfMatch() version: number): Promise<void> {
    await this.service.remove(actor, id, version);
  }

  /** The text filled from the ticket, what it still lacks, and what its actions would change. */
  @Allow('macros:read')
  @Post('tickets/:ticket/macro-preview')
  @HttpCode(200)
  preview(
    @CurrentActor() actor: Actor,
    @Param() { ticket }: MacroTicketParams,
    @Body() { macroId, ...input }: PreviewMacroBody,
  ): Promise<MacroPreview> {
    return this.queries.preview(actor, ticket, macroId, input);
  }
}

function inputOf(body: MacroBody): MacroInput {
  return {
    ...body,
    subjectFr: body.subjectFr ?? null,
    subjectAr: body.subjectAr ?? null,
    channels: body.channels ?? [],
    actions: body.actions ?? [],
    needsValidation: body.needsValidation ?? false,
    active: body.active ?? true,
  };
}
