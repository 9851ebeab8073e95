import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { AgentReportQueries } from './agent-report.queries';
import { ExportsService } from './exports.service';
import { FiguresSignal } from './figures-signal';
import { ForecastQueries } from './forecast.queries';
import { LiveFiguresProjector } from './live-figures.projector';
import { LiveFiguresQueries } from './live-figures.queries';
import { ReportListQueries } from './report-list.queries';
import { TicketFactsProjector } from './ticket-facts.projector';
import { TicketReportQueries } from './ticket-report.queries';
import { VerifyService } from './verify.service';
import { WallboardQueries } from './wallboard.queries';

const PROVIDERS = [
  FiguresSignal,
  LiveFiguresProjector,
  LiveFiguresQueries,
  TicketFactsProjector,
  TicketReportQueries,
  ReportListQueries,
  AgentReportQueries,
  ForecastQueries,
  WallboardQueries,
  ExportsService,
  VerifyService,
];

@Module({ imports: [DirectoryModule], providers: PROVIDERS, exports: PROVIDERS })
export class ReportsModule {}
