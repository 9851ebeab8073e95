import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { CallbackAttempts } from '@app/features/calls/callback-attempts.service';
import { CallbackPage, CallbackView, SlotListView } from '@app/features/calls/callback-view.dto';
import { CallbacksQueries } from '@app/features/calls/callbacks.queries';
import { CallbacksService } from '@app/features/calls/callbacks.service';
import { agentOf } from '@app/features/work/presence.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { AttemptOutcomeBody, CallbackListQuery, ChangeCallbackBody, CreateCallbackBody } from './callbacks.dto';

/** Calls that the hub owes. */
@ApiTags('callbacks')
@Controller('callbacks')
@Allow('callbacks:write')
export class CallbacksController {
  constructor(
    private readonly queries: CallbacksQueries,
    private readonly service: CallbacksService,
    private readonly attempts: CallbackAttempts,
  ) {}

  /** Of the hub, in the order of their wait. */
  @Get()
  @Allow('callbacks:read')
  list(@CurrentActor() actor: Actor, @Query() query: CallbackListQuery): Promise<CallbackPage> {
    return this.queries.list(actor, { ...query, limit: query.limit ?? 25 });
  }

  /** When the hub may still promise to call, for a week. */
  @Get('slots')
  @Allow('callbacks:read')
  async slots(@CurrentActor() actor: Actor): Promise<SlotListView> {
    return { items: await this.queries.slots(agentOf(actor).hubId) };
  }

  @Get(':id')
  @Allow('callbacks:read')
  async find(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallbackView> {
    return tagged(reply, await this.queries.find(actor, id));
  }

  /** Promises a call. An open request for the same number and queue is joined. */
  @Post()
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateCallbackBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallbackView> {
    return tagged(reply, await this.service.create(actor, body));
  }

  /** Number, language or time; the place stays. */
  @Patch(':id')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read.' })
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ChangeCallbackBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallbackView> {
    return tagged(reply, await this.service.change(actor, id, version, body));
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  cancel(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<CallbackView> {
    return this.service.cancel(actor, id);
  }

  /** I am dialling now. Refused while somebody is, and outside the time that suits. */
  @Post(':id/attempts')
  @HttpCode(200)
  attempt(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<CallbackView> {
    return this.attempts.begin(actor, id);
  }

  /** How it went, and with that the next try. */
  @Post(':id/outcome')
  @HttpCode(200)
  outcome(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { outcome }: AttemptOutcomeBody,
  ): Promise<CallbackView> {
    return this.attempts.end(actor, id, outcome);
  }
}

function tagged(reply: FastifyReply, view: CallbackView): CallbackView {
  void reply.header('etag', etagOf(view.version));
  return view;
}
