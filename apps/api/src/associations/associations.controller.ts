import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import {
  AssociationCandidates,
  AssociationMembersView,
  AssociationPage,
  AssociationView,
} from '@app/features/directory/association-view.dto';
import { AssociationsQueries } from '@app/features/directory/associations.queries';
import { AssociationsService } from '@app/features/directory/associations.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { AssociationListQuery, ChangeAssociationBody, CreateAssociationBody, DuplicateQuery } from './associations.dto';

@ApiTags('associations')
@Controller('associations')
export class AssociationsController {
  constructor(
    private readonly service: AssociationsService,
    private readonly queries: AssociationsQueries,
  ) {}

  /** Associations of the hub, or one's own, by name. */
  @Get()
  @Allow('associations:read')
  list(@CurrentActor() actor: Actor, @Query() query: AssociationListQuery): Promise<AssociationPage> {
    return this.queries.list(actor, { ...query, limit: query.limit ?? 25 });
  }

  /** Associations of the hub that may be the same as the one described. */
  @Get('duplicates')
  @Allow('associations:create')
  async duplicates(@CurrentActor() actor: Actor, @Query() query: DuplicateQuery): Promise<AssociationCandidates> {
    if (!query.name && !query.phone && !query.receipt) {
      throw Refusal.field('?name', 'required', 'Give a name, a telephone number or a receipt number.');
    }
    return { items: await this.queries.duplicates(actor, query) };
  }

  /** One association; its ETag is needed to change it. */
  @Get(':id')
  @Allow('associations:read')
  async find(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssociationView> {
    return tagged(reply, await this.queries.find(actor, id));
  }

  /** Those who act for the association, with their mandates. */
  @Get(':id/members')
  @Allow('associations:read')
  async members(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<AssociationMembersView> {
    return { items: await this.queries.members(actor, id) };
  }

  /** A new association of the hub. */
  @Post()
  @Allow('associations:create')
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateAssociationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssociationView> {
    return tagged(reply, await this.service.create(actor, body));
  }

  /** Changes the fields given. */
  @Patch(':id')
  @Allow('associations:change')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read.' })
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ChangeAssociationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssociationView> {
    return tagged(reply, await this.service.change(actor, id, version, body));
  }
}

function tagged(reply: FastifyReply, view: AssociationView): AssociationView {
  void reply.header('etag', etagOf(view.version));
  return view;
}
