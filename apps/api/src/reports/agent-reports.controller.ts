import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { AgentReportView, AgentStretchListView } from '@app/features/reports/agent-report.dto';
import { AgentReportQueries } from '@app/features/reports/agent-report.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { AgentListQuery, AgentReportQuery } from './agent-reports.dto';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('reports/agents')
@Allow('reports:read')
export class AgentReportsController {
  constructor(private readonly reports: AgentReportQueries) {}

  /** Time of people: occupancy, adherence to the plan and what they consist of, each with its definition and the stretches behind it. */
  @Get()
  agents(@CurrentActor() actor: Actor, @Query() query: AgentReportQuery): Promise<AgentReportView> {
    return this.reports.report(actor, query);
  }

  /** The stretches of time behind a figure. */
  @Get('list')
  list(@CurrentActor() actor: Actor, @Query() query: AgentListQuery): Promise<AgentStretchListView> {
    return this.reports.list(actor, query);
  }
}
