import { Module } from '@nestjs/common';
import { FiguresSignal } from './figures-signal';
import { LiveFiguresProjector } from './live-figures.projector';
import { LiveFiguresQueries } from './live-figures.queries';
import { TicketFactsProjector } from './ticket-facts.projector';
import { VerifyService } from './verify.service';

const PROVIDERS = [FiguresSignal, LiveFiguresProjector, LiveFiguresQueries, TicketFactsProjector, VerifyService];

@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class ReportsModule {}
