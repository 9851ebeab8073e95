import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { checkMigrated } from '@app/db/migrated';
import { directUrl, readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { DRAIN_MS, stopServing } from '@app/platform/process-state';
import { HealthController } from '@app/platform/health.controller';
import { createHttpApp, portOf } from '@app/platform/http-app';
import { runProcess } from '@app/platform/process';
import { checkRedis } from '@app/platform/redis';
import { useSockets } from '@app/platform/socket-adapter';
import { RealtimeModule } from './realtime.module';

/** Sockets alone, one of any number of such processes. */
@Module({})
class RealtimeProcess {
  static forRoot(config: Config): DynamicModule {
    return {
      module: RealtimeProcess,
      imports: [DatabaseModule.forRoot(config), RealtimeModule],
      controllers: [HealthController],
    };
  }
}

runProcess(async () => {
  const config = readConfig();
  if (!config.databaseUrl) {
    throw new Error('start:realtime needs DATABASE_URL. Without it, use npm start: it runs everything in one process.');
  }
  await checkMigrated(directUrl(config));
  await checkRedis(config.redisUrl);
  const app = await createHttpApp(RealtimeProcess.forRoot(config), config);
  await useSockets(app, config, { several: true });
  await app.listen(config.port, config.host);
  console.log(`Sockets at http://${config.host}:${portOf(app)}/socket.io`);
  return () => stopServing(app, config.drainMs ?? DRAIN_MS);
});
