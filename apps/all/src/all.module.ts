import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import type { Clock } from '@app/platform/clock';
import type { Log } from '@app/platform/log';
import { ApiModule } from '../../api/src/api.module';
import { RealtimeModule } from '../../realtime/src/realtime.module';
import { ScheduleModule } from '../../worker/src/schedule.module';
import { WorkerModule } from '../../worker/src/worker.module';

/** The three programs in one process: one machine, development, end-to-end tests. */
@Module({})
export class AllModule {
  static forRoot(config: Config, overrides: { clock?: Clock; log?: Log } = {}): DynamicModule {
    return {
      module: AllModule,
      imports: [DatabaseModule.forRoot(config, overrides), ApiModule, RealtimeModule, WorkerModule, ScheduleModule],
    };
  }
}
