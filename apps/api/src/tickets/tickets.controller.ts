import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { HistoryQueries } from '@app/features/tickets/history.queries';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { HistoryPage, MessagePage, MessageView } from '@app/features/tickets/message-view.dto';
import { MessagesService } from '@app/features/tickets/messages.service';
import { TicketCreateService } from '@app/features/tickets/ticket-create.service';
import { CreatedTicketView, TicketView } from '@app/features/tickets/ticket-view.dto';
import { TicketPromise } from '@app/features/tickets/promised.dto';
import { TicketPromiseQueries } from '@app/features/tickets/ticket-promise.queries';
import { TicketsQueries } from '@app/features/tickets/tickets.queries';
import { TicketsService } from '@app/features/tickets/tickets.service';
import { Allow, CurrentActor, CurrentState } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import {
  AssignmentBody,
  ChangeTicketBody,
  CreateTicketBody,
  EscalationBody,
  NewMessageBody,
  StatusBody,
  TicketPromiseBody,
} from './tickets.dto';
import { ListTicketsQuery, TicketPageAnswer } from './list.dto';

const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  required: true,
  description: 'A key of your own: the same request sent twice has one effect.',
};
const VERSION = { name: 'If-Match', required: true, description: 'The ETag that you have read, such as "v3".' };

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class TicketsController {
  constructor(
    private readonly creation: TicketCreateService,
    private readonly tickets: TicketsService,
    private readonly messages: MessagesService,
    private readonly queries: TicketsQueries,
    private readonly history: HistoryQueries,
    private readonly promises: TicketPromiseQueries,
  ) {}

  /** Ask. The answer holds reference, hub and promise. */
  @Allow('tickets:create')
  @ApiHeader(IDEMPOTENCY)
  @Post()
  async create(
    @CurrentActor() actor: Actor,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: CreateTicketBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedTicketView> {
    return tagged(reply, await this.creation.create(actor, body, idempotentRequest(key, 'POST /tickets', body)));
  }

  /** What a question that is being written down would be promised, and who would answer it. */
  @Allow('tickets:change')
  @Post('promises')
  @HttpCode(200)
  promise(@CurrentActor() actor: Actor, @Body() body: TicketPromiseBody): Promise<TicketPromise> {
    return this.promises.preview(actor, body);
  }

  /** Your tickets, filtered, sorted and paged. */
  @Allow('tickets:read')
  @Get()
  list(
    @CurrentActor() actor: Actor,
    @Query() query: ListTicketsQuery,
    @CurrentState() state: string,
  ): Promise<TicketPageAnswer> {
    const { open, granted, sort = 'updated', limit = 25, ...filter } = query;
    const lent = granted === 'true' ? { granted: true } : {};
    return this.queries.list(actor, { ...filter, sort, limit, open: open === 'true', ...lent }, state);
  }

  /** One ticket, by id or by reference in any spelling. */
  @Allow('tickets:read')
  @Get(':ticket')
  async get(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    return tagged(reply, await this.queries.get(actor, ticket));
  }

  /** Category, priority and what else describes the question. */
  @Allow('tickets:change')
  @ApiHeader(VERSION)
  @Patch(':ticket')
  async change(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Body() body: ChangeTicketBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    return tagged(reply, await this.tickets.change(actor, ticket, body, version));
  }

  /** What was said. */
  @Allow('tickets:read')
  @Get(':ticket/messages')
  async listMessages(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<MessagePage> {
    return { items: await this.history.messages(actor, ticket) };
  }

  /** Reply, or note something inside the hub. */
  @Allow('tickets:reply')
  @ApiHeader(IDEMPOTENCY)
  @Post(':ticket/messages')
  post(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: NewMessageBody,
  ): Promise<MessageView> {
    return this.messages.post(actor, ticket, body, idempotentRequest(key, `POST /tickets/${ticket}/messages`, body));
  }

  /** Claim, give to a colleague, or put back. */
  @Allow('tickets:claim')
  @ApiHeader(VERSION)
  @Put(':ticket/assignment')
  async assign(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Body() body: AssignmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    return tagged(reply, await this.tickets.assign(actor, ticket, body.assigneeId, version));
  }

  /** Say who has the next move. */
  @Allow('tickets:status')
  @ApiHeader(VERSION)
  @Put(':ticket/status')
  async setStatus(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Body() body: StatusBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    return tagged(reply, await this.tickets.setStatus(actor, ticket, body.status, body.reason ?? null, version));
  }

  /** The next level takes ownership. */
  @Allow('tickets:escalate')
  @ApiHeader(VERSION)
  @Post(':ticket/escalations')
  async escalate(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Body() body: EscalationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    return tagged(reply, await this.tickets.escalate(actor, ticket, body.to, body.reason, version));
  }

  /** Decide hub and queue anew, by the rules of today. */
  @Allow('tickets:route')
  @ApiHeader(VERSION)
  @Post(':ticket/routing')
  @HttpCode(200)
  async route(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketView> {
    return tagged(reply, await this.tickets.route(actor, ticket, version));
  }

  /** What happened, in words of both languages. */
  @Allow('tickets:read')
  @Get(':ticket/events')
  async events(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<HistoryPage> {
    return { items: await this.history.events(actor, ticket) };
  }
}

function tagged<T extends { version: number }>(reply: FastifyReply, view: T): T {
  void reply.header('etag', etagOf(view.version));
  return view;
}
