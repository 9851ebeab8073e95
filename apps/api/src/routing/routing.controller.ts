import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { ModeService } from '@app/features/routing/mode.service';
import { QueuesService } from '@app/features/routing/queues.service';
import {
  AgentSkillsList,
  AgentSkillsView,
  AssignmentModeView,
  DryRunView,
  QueueView,
  QueueViewList,
  RelaxationView,
  RuleSetVersionList,
  RuleSetView,
  SkillList,
} from '@app/features/routing/routing-view.dto';
import { RelaxationService } from '@app/features/routing/relaxation.service';
import { RulesQueries } from '@app/features/routing/rules.queries';
import { RulesService } from '@app/features/routing/rules.service';
import { SkillsService } from '@app/features/routing/skills.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import {
  AgentParams,
  AgentSkillsBody,
  ChangeQueueBody,
  CreateQueueBody,
  DryRunBody,
  ModeBody,
  RelaxationBody,
  RulesBody,
} from './routing.dto';

const IF_MATCH = { name: 'If-Match', required: true, description: 'The ETag that was read.' };

@ApiTags('routing')
@Controller()
@Allow('routing:read')
export class RoutingController {
  constructor(
    private readonly rules: RulesService,
    private readonly ruleQueries: RulesQueries,
    private readonly queues: QueuesService,
    private readonly skills: SkillsService,
    private readonly modes: ModeService,
    private readonly relaxations: RelaxationService,
  ) {}

  /** After which part of the longest wait demands go down, neighbours help and a call is promised, where a queue says nothing itself. */
  @Get('routing/relaxation')
  relaxation(@CurrentActor() actor: Actor): Promise<RelaxationView> {
    return this.relaxations.find(actor);
  }

  @Put('routing/relaxation')
  @Allow('programme:manage')
  setRelaxation(
    @CurrentActor() actor: Actor,
    @Body() { version, relaxation }: RelaxationBody,
  ): Promise<RelaxationView> {
    return this.relaxations.set(actor, version, relaxation);
  }

  /** The rules of a hub in their order; the ETag is needed to publish others. */
  @Get('hubs/:id/routing-rules')
  async findRules(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleSetView> {
    return tagged(reply, await this.ruleQueries.find(actor, id));
  }

  /** Sets published so far, newest first. */
  @Get('hubs/:id/routing-rules/versions')
  async ruleVersions(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<RuleSetVersionList> {
    return { items: await this.ruleQueries.versions(actor, id) };
  }

  /** Publishes the whole set, for what comes in from now on. */
  @Put('hubs/:id/routing-rules')
  @Allow('routing:change')
  @ApiHeader(IF_MATCH)
  async publishRules(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { rules }: RulesBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleSetView> {
    return tagged(reply, await this.rules.publish(actor, id, rules, version));
  }

  /** What a draft would have changed in the last 30 days; nothing is written. */
  @Post('routing/dry-run')
  @HttpCode(200)
  dryRun(@CurrentActor() actor: Actor, @Body() { hubId, rules }: DryRunBody): Promise<DryRunView> {
    return this.ruleQueries.dryRun(actor, hubId, rules);
  }

  @Get('hubs/:id/queues')
  async listQueues(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<QueueViewList> {
    return { items: await this.queues.list(actor, id) };
  }

  @Post('hubs/:id/queues')
  @Allow('routing:change')
  async createQueue(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { code, ...changes }: CreateQueueBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueView> {
    return tagged(reply, await this.queues.create(actor, id, code, changes));
  }

  /** Changes the fields given; null takes a setting back. */
  @Patch('queues/:id')
  @Allow('routing:change')
  @ApiHeader(IF_MATCH)
  async changeQueue(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() changes: ChangeQueueBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueView> {
    return tagged(reply, await this.queues.change(actor, id, version, changes));
  }

  /** All skills there are. */
  @Get('skills')
  async listSkills(@CurrentActor() actor: Actor): Promise<SkillList> {
    return { items: await this.skills.list(actor) };
  }

  /** What the people of a hub can do. */
  @Get('hubs/:id/skills')
  async agentSkills(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<AgentSkillsList> {
    return { items: await this.skills.agents(actor, id) };
  }

  /** Replaces the list of one agent. If-Match: the `version` of the agent's list. */
  @Put('hubs/:id/agents/:accountId/skills')
  @Allow('routing:change')
  @ApiHeader(IF_MATCH)
  async changeSkills(
    @CurrentActor() actor: Actor,
    @Param() { id, accountId }: AgentParams,
    @IfMatch() version: number,
    @Body() { skills }: AgentSkillsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentSkillsView> {
    return tagged(reply, await this.skills.change(actor, id, accountId, skills, version));
  }

  /** How tickets of the hub find their agent. */
  @Get('hubs/:id/assignment-mode')
  mode(@CurrentActor() actor: Actor, @Param() { id }: IdParams): AssignmentModeView {
    return this.modes.find(actor, id);
  }

  @Put('hubs/:id/assignment-mode')
  @Allow('routing:change')
  chooseMode(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { mode }: ModeBody,
  ): Promise<AssignmentModeView> {
    return this.modes.choose(actor, id, mode === 'default' ? null : mode);
  }
}

function tagged<View extends { version: number }>(reply: FastifyReply, view: View): View {
  void reply.header('etag', etagOf(view.version));
  return view;
}
