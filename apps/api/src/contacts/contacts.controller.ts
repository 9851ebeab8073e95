import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { ContactPage, ContactView } from '@app/features/directory/contact-view.dto';
import { ContactsQueries } from '@app/features/directory/contacts.queries';
import { ContactsService } from '@app/features/directory/contacts.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { ChangeContactBody, ContactListQuery, CreateContactBody } from './contacts.dto';

@ApiTags('contacts')
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly service: ContactsService,
    private readonly queries: ContactsQueries,
  ) {}

  /** People whom the hub knows, or those of one's own association, by name. */
  @Get()
  @Allow('contacts:read')
  list(@CurrentActor() actor: Actor, @Query() query: ContactListQuery): Promise<ContactPage> {
    return this.queries.list(actor, { ...query, limit: query.limit ?? 25 });
  }

  /** One contact; its ETag is needed to change it. */
  @Get(':id')
  @Allow('contacts:read')
  async find(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactView> {
    return tagged(reply, await this.queries.find(actor, id));
  }

  /** A new contact of the hub. */
  @Post()
  @Allow('contacts:write')
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateContactBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactView> {
    return tagged(reply, await this.service.create(actor, body));
  }

  /** Changes the fields given; lists are replaced as a whole. */
  @Patch(':id')
  @Allow('contacts:write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read.' })
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ChangeContactBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactView> {
    return tagged(reply, await this.service.change(actor, id, version, body));
  }
}

function tagged(reply: FastifyReply, view: ContactView): ContactView {
  void reply.header('etag', etagOf(view.version));
  return view;
}
