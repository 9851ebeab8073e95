import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { planStaffing, poolHubs } from '@app/domain/staffing';
import { ExportView } from '@app/features/reports/export-view.dto';
import { ExportsService } from '@app/features/reports/exports.service';
import { ForecastQueries } from '@app/features/reports/forecast.queries';
import { ReportListQueries } from '@app/features/reports/report-list.queries';
import { TicketReportView } from '@app/features/reports/ticket-report.dto';
import { TicketReportQueries } from '@app/features/reports/ticket-report.queries';
import { WallboardQueries } from '@app/features/reports/wallboard.queries';
import { WallboardView } from '@app/features/reports/wallboard-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { TicketPageAnswer } from '../tickets/list.dto';
import { adviceOf, FORECAST_DEFINITION, STAFFING_DEFINITION } from './advice';
import {
  ExportBody,
  ExportParams,
  ForecastView,
  HubQuery,
  ReportListQuery,
  StaffingQuery,
  StaffingView,
  TicketReportQuery,
} from './reports.dto';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('reports')
export class ReportsController {
  constructor(
    private readonly reports: TicketReportQueries,
    private readonly lists: ReportListQueries,
    private readonly forecasts: ForecastQueries,
    private readonly wallboards: WallboardQueries,
    private readonly exports: ExportsService,
  ) {}

  /** Figures over tickets by the day they were opened, each with its definition and the list behind it. */
  @Allow('reports:read')
  @Get('tickets')
  tickets(@CurrentActor() actor: Actor, @Query() query: TicketReportQuery): Promise<TicketReportView> {
    const { metric, ...request } = query;
    return this.reports.report(actor, { ...request, metrics: metric });
  }

  /** The tickets behind a figure. */
  @Allow('reports:read')
  @Get('tickets/list')
  list(@CurrentActor() actor: Actor, @Query() query: ReportListQuery): Promise<TicketPageAnswer> {
    return this.lists.list(actor, { ...query, limit: query.limit ?? 25 });
  }

  /** How many agents a load of calls needs, with one fewer and one more beside it. */
  @Allow('reports:plan')
  @Get('staffing')
  staffing(@Query() query: StaffingQuery): StaffingView {
    const { calls, aht, target = 0.8, within = 20, patience, shrinkage = 0.3 } = query;
    const plan = planStaffing({
      callsPerHour: calls,
      handleSeconds: aht,
      target,
      withinSeconds: within,
      patienceSeconds: patience,
      shrinkage,
    });
    const { otherCalls, otherAht = aht } = query;
    const other = otherCalls === undefined ? null : { callsPerHour: otherCalls, handleSeconds: otherAht };
    const pooling = other && poolHubs([{ callsPerHour: calls, handleSeconds: aht }, other], target, within);
    return { ...plan, pooling, advice: adviceOf(plan, target, within), definition: STAFFING_DEFINITION };
  }

  /** What to expect by half-hour of the week; refused with less than two weeks of own history. */
  @Allow('reports:plan')
  @Get('forecast')
  async forecast(@CurrentActor() actor: Actor, @Query() { hubId }: HubQuery): Promise<ForecastView> {
    return { ...(await this.forecasts.forecast(actor, hubId)), definition: FORECAST_DEFINITION };
  }

  /** What hangs on the wall: the own hub, or for the programme one hub or the sums of all. */
  @Allow('hubs:live')
  @Get('wallboard')
  wallboard(@CurrentActor() actor: Actor, @Query() { hubId }: HubQuery): Promise<WallboardView> {
    return this.wallboards.snapshot(actor, hubId);
  }

  /** Asks for a report as a file; a worker writes it. */
  @Allow('reports:export')
  @HttpCode(202)
  @Post('exports')
  export(@CurrentActor() actor: Actor, @Body() { format, ...request }: ExportBody): Promise<ExportView> {
    return this.exports.ask(actor, request, format);
  }

  @Allow('reports:export')
  @Get('exports/:id')
  progress(@CurrentActor() actor: Actor, @Param() { id }: ExportParams): Promise<ExportView> {
    return this.exports.get(actor, id);
  }

  /** The file, once it is done. */
  @Allow('reports:export')
  @Get('exports/:id/file')
  async file(@CurrentActor() actor: Actor, @Param() { id }: ExportParams): Promise<StreamableFile> {
    const { name, mediaType, content } = await this.exports.file(actor, id);
    return new StreamableFile(content, {
      type: mediaType,
      disposition: `attachment; filename="${name}"`,
      length: content.length,
    });
  }
}
