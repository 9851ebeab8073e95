import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { TakeoverService } from '@app/features/administration/takeover.service';
import { OutboxGauges } from '@app/features/audit/outbox-gauges.service';
import { RetentionService } from '@app/features/audit/retention.service';
import { SealService } from '@app/features/audit/seal.service';
import { CallIntake } from '@app/features/calls/call-intake.service';
import { CallSweep } from '@app/features/calls/call-sweep.service';
import { CallbackSweep } from '@app/features/calls/callback-sweep.service';
import { ConsultationsService } from '@app/features/collaboration/consultations.service';
import { ExportsService } from '@app/features/reports/exports.service';
import { StepNotices } from '@app/features/notifications/step-notices.service';
import { UploadsService } from '@app/features/files/uploads.service';
import { LiveFiguresProjector } from '@app/features/reports/live-figures.projector';
import { TicketFactsProjector } from '@app/features/reports/ticket-facts.projector';
import { RerouteService } from '@app/features/routing/reroute.service';
import { RecomputeService } from '@app/features/sla/recompute.service';
import { Sweeper } from '@app/features/sla/sweeper.service';
import { HoldingProjector } from '@app/features/tickets/holding.projector';
import { LadderService } from '@app/features/tickets/ladder.service';
import { LegalDeadlinesService } from '@app/features/tickets/legal-deadlines.service';
import { PendingRepliesService } from '@app/features/tickets/pending-replies.service';
import { SilenceService } from '@app/features/tickets/silence.service';
import { DispatcherService } from '@app/features/work/dispatcher.service';
import { EventSignal } from '@app/platform/event-signal';
import { LOG, type Log } from '@app/platform/log';
import { Loop } from './loop';

const SECOND = 1_000;

/** What has to be done by the clock. Every worker runs all of it; the database shares the work out. */
@Injectable()
export class ScheduleService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loops: Loop[];
  private readonly figures: Loop;
  private readonly dispatch: Loop;
  private readonly ladder: Loop;
  private readonly notices: Loop;
  private readonly calls: Loop;
  private unsubscribe: () => void = () => undefined;

  constructor(
    sweeper: Sweeper,
    recompute: RecomputeService,
    reroute: RerouteService,
    projector: LiveFiguresProjector,
    facts: TicketFactsProjector,
    exports: ExportsService,
    seals: SealService,
    silence: SilenceService,
    uploads: UploadsService,
    takeover: TakeoverService,
    dispatcher: DispatcherService,
    ladder: LadderService,
    legal: LegalDeadlinesService,
    holding: HoldingProjector,
    notices: StepNotices,
    replies: PendingRepliesService,
    consultations: ConsultationsService,
    intake: CallIntake,
    callbacks: CallbackSweep,
    sweptCalls: CallSweep,
    retention: RetentionService,
    gauges: OutboxGauges,
    private readonly signal: EventSignal,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.figures = new Loop('figures', SECOND, () => projector.catchUp(), log);
    this.dispatch = new Loop('dispatch', SECOND / 4, () => dispatcher.tick(), log);
    this.calls = new Loop('calls', SECOND / 4, () => intake.drain(), log);
    this.ladder = new Loop('ladder', SECOND, () => ladder.takeAll(), log);
    this.notices = new Loop('notices', SECOND, () => notices.tellAll(), log);
    this.loops = [
      new Loop('sweep', SECOND, () => sweeper.sweep(), log),
      new Loop('promises', SECOND, () => recompute.runAll(), log),
      new Loop('routes', SECOND, () => reroute.runAll(), log),
      this.figures,
      this.dispatch,
      this.ladder,
      this.notices,
      this.calls,
      new Loop('callbacks', SECOND, () => callbacks.tick(), log),
      new Loop('second lines', 2 * SECOND, () => sweptCalls.countSecondLines(), log),
      new Loop('silent calls', 60 * SECOND, () => sweptCalls.closeSilent(), log),
      new Loop('legal', SECOND, () => legal.sweep(), log),
      new Loop('replies', SECOND / 4, () => replies.sendDue(), log),
      new Loop('consultations', 2 * SECOND, () => consultations.tick(), log),
      new Loop('overflow', 2 * SECOND, () => dispatcher.overflowAll(), log),
      new Loop('holding', SECOND, () => holding.catchUp(), log),
      new Loop('facts', SECOND, () => facts.catchUp(), log),
      new Loop('exports', SECOND, () => exports.runAll(), log),
      new Loop('seal', 5 * SECOND, () => seals.seal(), log),
      new Loop('takeover', 10 * SECOND, () => takeover.moveOn(), log),
      new Loop('gauges', 15 * SECOND, () => gauges.measure(), log),
      new Loop('retention', 600 * SECOND, () => retention.forget(), log),
      new Loop('silence', 600 * SECOND, () => silence.moveOn(), log),
      new Loop('uploads', 600 * SECOND, () => uploads.sweep(), log),
    ];
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const loop of this.loops) loop.start();
    // Without the signal the figures come each second.
    const wake = (): void =>
      [this.figures, this.dispatch, this.ladder, this.notices, this.calls].forEach((loop) => loop.wake());
    this.unsubscribe = await this.signal.subscribe(wake).catch((error: Error) => {
      this.log.warn({ err: error.message }, 'no signal yet; polling');
      return () => undefined;
    });
  }

  /** Before the database is let go. */
  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
