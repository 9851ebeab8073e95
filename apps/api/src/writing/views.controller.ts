import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { type ViewInput, ViewsService } from '@app/features/writing/views.service';
import { SavedView, SavedViewList } from '@app/features/writing/writing-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { tagged, VERSION } from '../tagged';
import { ViewBody } from './views.dto';

@ApiTags('writing')
@ApiBearerAuth()
@Controller('views')
@Allow('views:use')
export class ViewsController {
  constructor(private readonly views: ViewsService) {}

  /** Your views and those of the hub. */
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<SavedViewList> {
    return { items: await this.views.list(actor) };
  }

  /** Keeps a set of filters under a name of your own. */
  @Post()
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: ViewBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedView> {
    return tagged(reply, await this.views.create(actor, inputOf(body)));
  }

  @ApiHeader(VERSION)
  @Put(':id')
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ViewBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedView> {
    return tagged(reply, await this.views.change(actor, id, inputOf(body), version));
  }

  @ApiHeader(VERSION)
  @Delete(':id')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param() { id }: IdParams, @IfMatch() version: number): Promise<void> {
    await this.views.remove(actor, id, version);
  }
}

/** Kept as the parameters are written: lists with commas. */
function inputOf({ name, shared, query }: ViewBody): ViewInput {
  const given = Object.entries(query).filter((entry) => entry[1] !== undefined && entry[1] !== null);
  return {
    name,
    shared: shared ?? false,
    query: Object.fromEntries(
      given.map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)]),
    ),
  };
}
