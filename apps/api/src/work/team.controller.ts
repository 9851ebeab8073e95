import { Body, Controller, Get, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { PresenceReasonsService } from '@app/features/work/presence-reasons.service';
import { PresenceService } from '@app/features/work/presence.service';
import { PresenceReasonView, PresenceView } from '@app/features/work/presence-view.dto';
import { PresenceReasonList, WaitingListView } from '@app/features/work/work-view.dto';
import { WorkQueries } from '@app/features/work/work.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { AgentParams } from '../routing/routing.dto';
import { ChangeReasonBody, CreateReasonBody, DirectPresenceBody } from './work.dto';

/** What a supervisor does with the presence of the team. */
@ApiTags('work')
@Controller()
@Allow('routing:change')
export class TeamController {
  constructor(
    private readonly presences: PresenceService,
    private readonly reasons: PresenceReasonsService,
    private readonly work: WorkQueries,
  ) {}

  /** Sends somebody of the hub away, or signs somebody off; work in hand is finished first. */
  @Put('hubs/:id/agents/:accountId/presence')
  @Allow('work:direct')
  direct(
    @CurrentActor() actor: Actor,
    @Param() { id, accountId }: AgentParams,
    @Body() { presence, reason, why }: DirectPresenceBody,
  ): Promise<PresenceView> {
    if (id !== actor.hubId) throw new Refusal('not_found', 'Not found.');
    return this.presences.direct(actor, accountId, presence, reason ?? null, why);
  }

  /** What waits for somebody in the own hub, with why: what the law makes urgent first, then the longest waiting. */
  @Get('hubs/:id/waiting')
  @Allow('work:watch')
  async waiting(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<WaitingListView> {
    if (id !== actor.hubId) throw new Refusal('not_found', 'Not found.');
    return { items: await this.work.waiting(actor) };
  }

  /** Reasons of absence in a hub; one of its own stands for the national one of the same code. */
  @Get('hubs/:id/presence-reasons')
  @Allow('reference:read')
  async list(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<PresenceReasonList> {
    return { items: await this.reasons.list(actor, id) };
  }

  @Post('hubs/:id/presence-reasons')
  async create(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { code, ...reason }: CreateReasonBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PresenceReasonView> {
    return tagged(reply, await this.reasons.create(actor, id, code, { ...reason, active: true }));
  }

  @Patch('presence-reasons/:id')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read.' })
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() changes: ChangeReasonBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PresenceReasonView> {
    return tagged(reply, await this.reasons.change(actor, id, version, changes));
  }
}

function tagged(reply: FastifyReply, view: PresenceReasonView): PresenceReasonView {
  void reply.header('etag', etagOf(view.version));
  return view;
}
