import { Module } from '@nestjs/common';
import { FiguresSignal } from './figures-signal';
import { LiveFiguresProjector } from './live-figures.projector';
import { LiveFiguresQueries } from './live-figures.queries';
import { VerifyService } from './verify.service';

const PROVIDERS = [FiguresSignal, LiveFiguresProjector, LiveFiguresQueries, VerifyService];

@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class ReportsModule {}
