import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { AGENT_METRICS, type AgentMetric } from '@app/domain/work/agent-figures';
import { AGENT_GROUPS, type AgentGroup } from '@app/domain/report-groups';
import { IsId } from '@app/platform/validation';

const DAY = /^\d{4}-\d\d-\d\d$/;

export class AgentReportQuery {
  /** First local day, `YYYY-MM-DD`. */
  @Matches(DAY)
  from: string;

  /** Last local day; at most 92 days in all. */
  @Matches(DAY)
  to: string;

  @IsIn(AGENT_GROUPS)
  by: AgentGroup;

  /** For the programme: one hub only. */
  @IsOptional()
  @IsId()
  hubId?: string;
}

export class AgentListQuery extends AgentReportQuery {
  @IsIn(AGENT_METRICS)
  metric: AgentMetric;

  /** Only this row. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  key?: string;
}
