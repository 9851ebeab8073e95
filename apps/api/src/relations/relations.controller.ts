import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { LinksService } from '@app/features/collaboration/links.service';
import { MergeService } from '@app/features/collaboration/merge.service';
import { MergedView, MergePreviewView, RelationsView, SplitView } from '@app/features/collaboration/relations.dto';
import { RelationsQueries } from '@app/features/collaboration/relations.queries';
import { SplitService } from '@app/features/collaboration/split.service';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { TicketView } from '@app/features/tickets/ticket-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { TicketChildParams } from '../params.dto';
import { LinkBody, MergeBody, MergePreviewQuery, SplitBody } from './relations.dto';

/** What a ticket has to do with others. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class RelationsController {
  constructor(
    private readonly merges: MergeService,
    private readonly splits: SplitService,
    private readonly links: LinksService,
    private readonly queries: RelationsQueries,
  ) {}

  /** Merges, splits, links and follow-ups of a ticket. */
  @Allow('tickets:read')
  @Get(':ticket/relations')
  relations(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<RelationsView> {
    return this.queries.relations(actor, ticket);
  }

  /** What merging would do, in words; nothing is changed. */
  @Allow('tickets:merge')
  @Get(':ticket/merge-preview')
  preview(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Query() { into }: MergePreviewQuery,
  ): Promise<MergePreviewView> {
    return this.queries.preview(actor, ticket, into);
  }

  /** Merge this ticket into another one. It can be taken back for 24 hours. */
  @Allow('tickets:merge')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you have read, such as "v3".' })
  @Post(':ticket/merge')
  @HttpCode(200)
  merge(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Body() { into }: MergeBody,
  ): Promise<MergedView> {
    return this.merges.merge(actor, ticket, into, version);
  }

  /** Take the merge of this ticket back. */
  @Allow('tickets:merge')
  @Delete(':ticket/merge')
  async undoMerge(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    const view = await this.merges.undo(actor, ticket);
    void reply.header('etag', etagOf(view.version));
    return view;
  }

  /** Begin a new ticket with messages of this one. It can be taken back for 24 hours. */
  @Allow('tickets:merge')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A key of your own: twice the same request has one effect.',
  })
  @Post(':ticket/splits')
  split(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: SplitBody,
  ): Promise<SplitView> {
    return this.splits.split(actor, ticket, body, idempotentRequest(key, `POST /tickets/${ticket}/splits`, body));
  }

  /** Take back that this ticket was split off. */
  @Allow('tickets:merge')
  @Delete(':ticket/split')
  undoSplit(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<TicketView> {
    return this.splits.undo(actor, ticket);
  }

  /** Link to another ticket. */
  @Allow('tickets:link')
  @Post(':ticket/links')
  async link(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Body() body: LinkBody,
  ): Promise<RelationsView> {
    await this.links.link(actor, ticket, body.ticket, body.kind);
    return this.queries.relations(actor, ticket);
  }

  /** Take a link away. */
  @Allow('tickets:link')
  @Delete(':ticket/links/:id')
  async unlink(@CurrentActor() actor: Actor, @Param() { ticket, id }: TicketChildParams): Promise<RelationsView> {
    await this.links.unlink(actor, ticket, id);
    return this.queries.relations(actor, ticket);
  }
}
