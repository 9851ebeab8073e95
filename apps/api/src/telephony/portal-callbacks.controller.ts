import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { CallbackReceipt, OwnCallbackList, OwnCallbackView, SlotListView } from '@app/features/calls/callback-view.dto';
import { CallbacksQueries } from '@app/features/calls/callbacks.queries';
import { OwnCallbacks } from '@app/features/calls/own-callbacks.service';
import { ReferenceData } from '@app/features/directory/reference-data';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { Allow, CurrentActor, Public } from '@app/platform/access';
import { IdParams } from '../params.dto';
import {
  AskCallbackBody,
  CallbackCodeBody,
  CallbackWithCodeBody,
  ChangeCallbackBody,
  PortalCallbackBody,
  SlotQuery,
} from './callbacks.dto';

/** Asking to be called: signed in, following a ticket, or without an account. */
@ApiTags('portal')
@Controller()
export class PortalCallbacksController {
  constructor(
    private readonly own: OwnCallbacks,
    private readonly queries: CallbacksQueries,
    private readonly reference: ReferenceData,
  ) {}

  /** When the hub of a place calls, for a week. */
  @Public()
  @Get('portal/callback-slots')
  async slots(@Query() { placeCode }: SlotQuery): Promise<SlotListView> {
    if (!placeCode) throw Refusal.field('?placeCode', 'required', 'Say from where.');
    return { items: await this.queries.slots(this.reference.hubFor(placeCode, new Date()).hubId) };
  }

  /** Without an account: reference and code of the answer change and cancel it. */
  @Public()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'At least 16 characters that nobody guesses: the same request sent twice has one effect.',
  })
  @Post('portal/callbacks')
  ask(
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: PortalCallbackBody,
    @Req() { ip }: FastifyRequest,
  ): Promise<CallbackReceipt> {
    const { placeCode, ...wish } = body;
    return this.own.askOpenly(placeCode, wish, idempotentRequest(key, 'POST /portal/callbacks', body), ip);
  }

  @Public()
  @Post('portal/callbacks/lookup')
  @HttpCode(200)
  lookup(@Body() body: CallbackCodeBody, @Req() { ip }: FastifyRequest): Promise<OwnCallbackView> {
    return this.own.withCode(body, ip, { kind: 'read' });
  }

  /** Changes or cancels with reference and code. */
  @Public()
  @Post('portal/callbacks/change')
  @HttpCode(200)
  changeWithCode(@Body() body: CallbackWithCodeBody, @Req() { ip }: FastifyRequest): Promise<OwnCallbackView> {
    const { reference, code, cancel, ...change } = body;
    return this.own.withCode({ reference, code }, ip, cancel ? { kind: 'cancel' } : { kind: 'change', change });
  }

  /** One's own requests, the newest first. */
  @Allow('callbacks:ask')
  @Get('me/callbacks')
  async mine(@CurrentActor() actor: Actor): Promise<OwnCallbackList> {
    return { items: await this.queries.own(actor) };
  }

  /** When the own hub calls. */
  @Allow('callbacks:ask')
  @Get('me/callback-slots')
  async mySlots(@CurrentActor() actor: Actor): Promise<SlotListView> {
    return { items: actor.hubId ? await this.queries.slots(actor.hubId) : [] };
  }

  @Allow('callbacks:ask')
  @Post('me/callbacks')
  askMine(@CurrentActor() actor: Actor, @Body() body: AskCallbackBody): Promise<OwnCallbackView> {
    return this.own.ask(actor, body);
  }

  @Allow('callbacks:ask')
  @Patch('me/callbacks/:id')
  change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() body: ChangeCallbackBody,
  ): Promise<OwnCallbackView> {
    return this.own.change(actor, id, body);
  }

  @Allow('callbacks:ask')
  @Post('me/callbacks/:id/cancellation')
  @HttpCode(200)
  cancel(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<OwnCallbackView> {
    return this.own.cancel(actor, id);
  }
}
