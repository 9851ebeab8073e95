import 'reflect-metadata';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { checkMigrated } from '@app/db/migrated';
import { checkZoneSource } from '@app/domain/zone';
import { directUrl, readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { HealthController } from '@app/platform/health.controller';
import { createHttpApp } from '@app/platform/http-app';
import { LOG, NestLog, type Log } from '@app/platform/log';
import { runProcess } from '@app/platform/process';
import { checkRedis } from '@app/platform/redis';
import { ScheduleModule } from './schedule.module';
import { WorkerModule } from './worker.module';

@Module({})
class WorkerProcess {
  static forRoot(config: Config): DynamicModule {
    return {
      module: WorkerProcess,
      imports: [DatabaseModule.forRoot(config), WorkerModule, ScheduleModule],
      controllers: [HealthController],
    };
  }
}

runProcess(async () => {
  const config = readConfig();
  if (!config.databaseUrl) {
    throw new Error('start:worker needs DATABASE_URL. Without it, use npm start: it runs everything in one process.');
  }
  checkZoneSource();
  await checkMigrated(directUrl(config));
  await checkRedis(config.redisUrl);
  const app = await startWorker(config);
  app.get<Log>(LOG).info('worker ready');
  return () => app.close();
});

/** With METRICS_PORT it also tells how it does; nothing else is served there. */
async function startWorker(config: Config): Promise<INestApplicationContext> {
  if (config.metricsPort !== null) {
    const app = await createHttpApp(WorkerProcess.forRoot(config), config);
    await app.listen(config.metricsPort, config.host);
    return app;
  }
  const app = await NestFactory.createApplicationContext(WorkerProcess.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(new NestLog(app.get<Log>(LOG)));
  return app;
}
