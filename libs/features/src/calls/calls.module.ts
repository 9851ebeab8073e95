import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { TicketsModule } from '../tickets/tickets.module';
import { WorkModule } from '../work/work.module';
import { CallApply } from './call-apply.service';
import { CallIntake } from './call-intake.service';
import { CallLog } from './call-log.service';
import { CallReportQueries } from './call-report.queries';
import { CallRoutingService } from './call-routing.service';
import { CallStaffingQueries } from './call-staffing.queries';
import { CallSweep } from './call-sweep.service';
import { CallWordsQueries } from './call-words.queries';
import { CallbackAttempts } from './callback-attempts.service';
import { CallbackStep } from './callback-step.service';
import { CallbackSweep } from './callback-sweep.service';
import { CallbacksQueries } from './callbacks.queries';
import { CallbacksService } from './callbacks.service';
import { FirstContactQueries } from './first-contact.queries';
import { CallsQueries } from './calls.queries';
import { CallsService } from './calls.service';
import { ConsentsService } from './consents.service';
import { OwnCallbacks } from './own-callbacks.service';
import { ReceiverService } from './receiver.service';
import { TelephonyQueries } from './telephony.queries';
import { TelephonyService } from './telephony.service';

const PARTS = [
  ReceiverService,
  CallRoutingService,
  CallIntake,
  CallApply,
  CallSweep,
  CallLog,
  CallsService,
  CallsQueries,
  CallWordsQueries,
  ConsentsService,
  CallbacksService,
  CallbacksQueries,
  CallbackAttempts,
  CallbackStep,
  CallbackSweep,
  OwnCallbacks,
  TelephonyService,
  TelephonyQueries,
  CallReportQueries,
  CallStaffingQueries,
  FirstContactQueries,
];

/** The telephone: what systems tell, calls, and calls that are owed. */
@Module({ imports: [DirectoryModule, TicketsModule, WorkModule], providers: [...PARTS, CursorSecret], exports: PARTS })
export class CallsModule {}
