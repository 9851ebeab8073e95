import type { AgentMetric, AgentUnit } from '@app/domain/work/agent-figures';
import type { Planned } from '@app/domain/work/agent-plan';
import type { Doing } from '@app/domain/work/agent-time';
import type { Presence } from '@app/domain/work/presence';
import type { AgentGroup } from '@app/domain/report-groups';
import { WordsView } from './ticket-report.dto';

export class TimeMetricView {
  metric: AgentMetric;
  unit: AgentUnit;
  /** What `n` of its figures counts. */
  counted: 'stretches';
  name: WordsView;
  definition: WordsView;
  /** The same in counted parts. */
  formula: string;
}

export class TimeFigureView {
  metric: AgentMetric;
  /** Minutes, or a share; null: no data. */
  value: number | null;
  /** Stretches of time that the value stands on. */
  n: number;
  few: boolean;
  /** Path and query that list these stretches, below /api/v1; null for who sees figures only. */
  list: string | null;
}

export class AgentReportRowView {
  key: string;
  name: WordsView | null;
  figures: TimeFigureView[];
}

export class AgentReportView {
  from: string;
  to: string;
  by: AgentGroup;
  hubId: string | null;
  metrics: TimeMetricView[];
  total: TimeFigureView[];
  rows: AgentReportRowView[];
  asOf: Date;
}

export class AgentStretchView {
  accountId: string;
  name: string;
  from: Date;
  to: Date;
  presence: Presence;
  doing: Doing;
  planned: Planned | null;
  asPlanned: boolean;
}

export class AgentStretchListView {
  items: AgentStretchView[];
  /** There are more than these. */
  more: boolean;
}

export interface AgentReportRequest {
  from: string;
  to: string;
  by: AgentGroup;
  hubId?: string;
}
