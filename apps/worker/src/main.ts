import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { checkZoneSource } from '@app/domain/zone';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { LOG, NestLog, type Log } from '@app/platform/log';
import { ScheduleModule } from './schedule.module';
import { WorkerModule } from './worker.module';

const LONGEST_STOP_MS = 30_000;

@Module({})
class WorkerProcess {
  static forRoot(config: Config): DynamicModule {
    return { module: WorkerProcess, imports: [DatabaseModule.forRoot(config), WorkerModule, ScheduleModule] };
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  if (!config.databaseUrl)
    throw new Error('A worker of its own needs DATABASE_URL; without it start everything in one process.');
  checkZoneSource();
  const app = await NestFactory.createApplicationContext(WorkerProcess.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  const log = app.get<Log>(LOG);
  app.useLogger(new NestLog(log));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  log.info('worker ready');
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
