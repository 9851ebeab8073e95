import { Transform } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { StaffingWarning } from '@app/domain/staffing';
import { REPORT_METRICS, type ReportMetric } from '@app/domain/report-metrics';
import { EXPORTED_REPORTS, type ExportedReport } from '@app/features/reports/export-view.dto';
import { EXPORT_FORMATS, type ExportFormat } from '@app/features/reports/report-file';
import { REPORT_GROUPS, type ReportGroup } from '@app/domain/report-groups';
import { WordsView } from '@app/features/reports/ticket-report.dto';
import { IsCount, IsId } from '@app/platform/validation';

const DAY = /^\d{4}-\d\d-\d\d$/;
const LIST_METRICS = ['open', ...REPORT_METRICS] as const;

/** A decimal number in a query string. */
const Decimal = (): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value));

export class TicketReportQuery {
  /** First local day, `YYYY-MM-DD`. */
  @Matches(DAY)
  from: string;

  /** Last local day. */
  @Matches(DAY)
  to: string;

  @IsIn(REPORT_GROUPS)
  by: ReportGroup;

  /** Figures separated by commas; all of them when left out. */
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayUnique()
  @IsIn(REPORT_METRICS, { each: true })
  metric?: ReportMetric[];

  /** For the programme: one hub only. */
  @IsOptional()
  @IsId()
  hubId?: string;
}

export class ReportListQuery {
  @Matches(DAY)
  from: string;

  @Matches(DAY)
  to: string;

  /** With `key`: only this group. */
  @IsOptional()
  @IsIn(REPORT_GROUPS)
  by?: ReportGroup;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  key?: string;

  /** The figure whose tickets are asked for; `open`: the backlog. */
  @IsIn(LIST_METRICS)
  metric: ReportMetric | 'open';

  /** 1 to 100; 25 when left out. */
  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(4_100)
  cursor?: string;
}

export class StaffingQuery {
  /** Calls per hour. */
  @Decimal()
  @IsNumber()
  @Min(0)
  @Max(10_000)
  calls: number;

  /** Handling time of a call in seconds, wrap-up included. */
  @Decimal()
  @IsNumber()
  @Min(1)
  @Max(7_200)
  aht: number;

  /** Share of callers to be answered in time; 0.8 when left out. */
  @IsOptional()
  @Decimal()
  @IsNumber()
  @Min(0.01)
  @Max(0.999)
  target?: number;

  /** In time: within so many seconds; 20 when left out. */
  @IsOptional()
  @IsCount(0, 3_600)
  within?: number;

  /** Mean patience of callers in seconds; without it only Erlang C is worked out. */
  @IsOptional()
  @IsCount(1, 3_600)
  patience?: number;

  /** Share of paid time away from the queue; 0.3 when left out. */
  @IsOptional()
  @Decimal()
  @IsNumber()
  @Min(0)
  @Max(0.9)
  shrinkage?: number;

  /** Calls per hour of another hub: what would one queue for both need? */
  @IsOptional()
  @Decimal()
  @IsNumber()
  @Min(0)
  @Max(10_000)
  otherCalls?: number;

  /** Handling time there; the same when left out. */
  @IsOptional()
  @Decimal()
  @IsNumber()
  @Min(1)
  @Max(7_200)
  otherAht?: number;
}

export class QueueOutcomeView {
  agents: number;
  waitProbability: number;
  /** Share answered in time. */
  serviceLevel: number;
  /** Of all callers; null: the queue grows without end. */
  meanWaitSeconds: number | null;
  meanWaitOfWaitingSeconds: number | null;
  occupancy: number;
  abandonment: number;
}

export class StaffingOptionView {
  agents: number;
  roster: number;
  /** Nobody gives up. */
  erlangC: QueueOutcomeView;
  /** Callers give up after a while; null without `patience`. */
  erlangA: QueueOutcomeView | null;
  meetsTarget: boolean;
  warnings: StaffingWarning[];
}

export class PoolingView {
  /** Agents for each hub by itself. */
  separately: number[];
  /** Agents for one queue of both. */
  pooled: number;
  saved: number;
}

export class StaffingView {
  /** Erlang. */
  traffic: number;
  needed: number;
  options: StaffingOptionView[];
  /** Null without `otherCalls`. */
  pooling: PoolingView | null;
  advice: WordsView[];
  definition: WordsView;
}

export class HubQuery {
  /** The own hub when left out. */
  @IsOptional()
  @IsId()
  hubId?: string;
}

export class ForecastIntervalView {
  /** Monday 1 to Sunday 7. */
  weekday: number;
  /** Half-hours since midnight, local time. */
  interval: number;
  /** Mean of the days looked at. */
  expected: number;
  least: number;
  most: number;
  /** How many days that is. */
  days: number;
}

export class ForecastView {
  hubId: string;
  source: 'tickets';
  from: string;
  to: string;
  intervals: ForecastIntervalView[];
  definition: WordsView;
}

export class ExportBody {
  /** Of tickets when left out; `agents`: of people's time. */
  @IsOptional()
  @IsIn(EXPORTED_REPORTS)
  report?: ExportedReport;

  /** First local day, `YYYY-MM-DD`. */
  @Matches(DAY)
  from: string;

  /** Last local day. */
  @Matches(DAY)
  to: string;

  @IsIn(REPORT_GROUPS)
  by: ReportGroup;

  /** All figures when left out. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(REPORT_METRICS, { each: true })
  metrics?: ReportMetric[];

  @IsOptional()
  @IsId()
  hubId?: string;

  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;
}

export class ExportParams {
  @IsId()
  id: string;
}
