import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { checkZoneSource } from '@app/domain/zone';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { LOG, NestLog, type Log } from '@app/platform/log';
import { runProcess } from '@app/platform/process';
import { checkRedis } from '@app/platform/redis';
import { ScheduleModule } from './schedule.module';
import { WorkerModule } from './worker.module';

@Module({})
class WorkerProcess {
  static forRoot(config: Config): DynamicModule {
    return { module: WorkerProcess, imports: [DatabaseModule.forRoot(config), WorkerModule, ScheduleModule] };
  }
}

runProcess(async () => {
  const config = readConfig();
  if (!config.databaseUrl) {
    throw new Error('start:worker needs DATABASE_URL. Without it, use npm start: it runs everything in one process.');
  }
  checkZoneSource();
  await checkRedis(config.redisUrl);
  const app = await NestFactory.createApplicationContext(WorkerProcess.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  const log = app.get<Log>(LOG);
  app.useLogger(new NestLog(log));
  log.info('worker ready');
  return () => app.close();
});
