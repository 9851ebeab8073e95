import type { ReportGroup } from '@app/domain/report-groups';
import type { Counted, ReportMetric, Unit } from '@app/domain/report-metrics';

/** A text in both languages. */
export class WordsView {
  fr: string;
  ar: string;
}

export class MetricView {
  metric: ReportMetric;
  unit: Unit;
  /** What `n` of its figures counts. */
  counted: Counted;
  name: WordsView;
  /** How the figure is worked out, in words. */
  definition: WordsView;
  /** The same in counted parts. */
  formula: string;
}

export class FigureView {
  metric: ReportMetric;
  /** A number, minutes, or a share from 0 to 1; null: no data. */
  value: number | null;
  /** Tickets, responses or stretches that the value stands on. */
  n: number;
  /** Fewer than 20: show `n` beside the value. */
  few: boolean;
  /** Path and query that list the tickets of these, below /api/v1; null for who sees figures only. */
  list: string | null;
}

export class ReportRowView {
  /** Local hour (`2026-11-20T16:30`), first day, id or code, as `by` says. */
  key: string;
  name: WordsView | null;
  figures: FigureView[];
}

export class BacklogView {
  /** Days since the ticket was opened. */
  fromDays: number;
  /** Null: and more. */
  toDays: number | null;
  open: number;
  list: string | null;
}

export class TicketReportView {
  from: string;
  to: string;
  by: ReportGroup;
  /** Null: all hubs. */
  hubId: string | null;
  metrics: MetricView[];
  total: FigureView[];
  rows: ReportRowView[];
  /** Open tickets now, whatever the period. Absent for a single agent. */
  backlog?: BacklogView[];
  asOf: Date;
}

export interface TicketReportRequest {
  from: string;
  to: string;
  by: ReportGroup;
  metrics?: ReportMetric[];
  hubId?: string;
}
