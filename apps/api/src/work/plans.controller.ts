import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { AgentPlansService, AgentPlanView } from '@app/features/work/agent-plans.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams } from '../params.dto';
import { PlanBody, PlanListView, PlanParams, PlanQuery } from './plans.dto';

/** What a hub plans for its people; their adherence is measured against it. */
@ApiTags('work')
@ApiBearerAuth()
@Controller('hubs')
export class PlansController {
  constructor(private readonly plans: AgentPlansService) {}

  /** Plans of some days with every version; an agent sees the own ones. */
  @Allow('work:do')
  @Get(':id/plans')
  async list(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Query() { from, to }: PlanQuery,
  ): Promise<PlanListView> {
    return { items: await this.plans.list(actor, id, from, to) };
  }

  /** Plans a day of somebody; an exception that was agreed to is a new version and replaces the plan. */
  @Allow('work:direct')
  @Put(':id/agents/:accountId/plans/:day')
  plan(
    @CurrentActor() actor: Actor,
    @Param() { id, accountId, day }: PlanParams,
    @Body() { version, spans, why }: PlanBody,
  ): Promise<AgentPlanView> {
    return this.plans.plan(actor, { hubId: id, accountId, day }, version, { spans, why });
  }
}
