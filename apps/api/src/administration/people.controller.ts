import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { DeactivationView, PeoplePage, PersonAtWork } from '@app/features/administration/people-view.dto';
import { PeopleQueries } from '@app/features/administration/people.queries';
import { PeopleService } from '@app/features/administration/people.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { tagged, VERSION } from '../tagged';
import { ChangePersonBody, DeactivationBody, PeopleQuery } from './people.dto';

const PAGE = 50;

@ApiTags('administration')
@ApiBearerAuth()
@Controller('accounts')
@Allow('people:manage')
export class PeopleController {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly service: PeopleService,
  ) {}

  /** A supervisor's hub; for coordinators the hubs' supervisors and the programme's own people. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() { limit = PAGE, cursor, ...filter }: PeopleQuery): Promise<PeoplePage> {
    return this.queries.list(actor, filter, { limit, cursor });
  }

  /** Role and clearance; open sessions of this post end. */
  @ApiHeader(VERSION)
  @Patch(':id')
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ChangePersonBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonAtWork> {
    return tagged(reply, await this.service.change(actor, id, body, version));
  }

  /** Ends the post and hands the open tickets over, in one. */
  @ApiHeader(VERSION)
  @Post(':id/deactivation')
  @HttpCode(200)
  async deactivate(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { colleagueId }: DeactivationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeactivationView> {
    const view = await this.service.deactivate(actor, id, colleagueId ?? null, version);
    void reply.header('etag', etagOf(view.person.version));
    return view;
  }

  /** Back to the post. */
  @ApiHeader(VERSION)
  @Post(':id/reactivation')
  @HttpCode(200)
  async reactivate(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonAtWork> {
    return tagged(reply, await this.service.reactivate(actor, id, version));
  }
}
