import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { checkMigrated } from '@app/db/migrated';
import { checkZoneSource } from '@app/domain/zone';
import { directUrl, readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { DRAIN_MS, stopServing } from '@app/platform/process-state';
import { createHttpApp, portOf } from '@app/platform/http-app';
import { runProcess } from '@app/platform/process';
import { checkRedis } from '@app/platform/redis';
import { ApiModule } from './api.module';
import { prefixApi, serveDocs } from './openapi';
import { serveScreens } from './screens/screens';

/** REST alone, one of any number of such processes. */
@Module({})
class ApiProcess {
  static forRoot(config: Config): DynamicModule {
    return { module: ApiProcess, imports: [DatabaseModule.forRoot(config), ApiModule] };
  }
}

runProcess(async () => {
  checkZoneSource();
  const config = readConfig();
  if (!config.databaseUrl)
    throw new Error('start:api needs DATABASE_URL. Without it, use npm start: it runs everything in one process.');
  await checkMigrated(directUrl(config));
  await checkRedis(config.redisUrl, { mustAnswer: false });
  const app = await createHttpApp(ApiProcess.forRoot(config), config);
  prefixApi(app);
  serveDocs(app);
  serveScreens(app);
  await app.listen(config.port, config.host);
  console.log(`REST at http://${config.host}:${portOf(app)}/api/v1`);
  return () => stopServing(app, config.drainMs ?? DRAIN_MS);
});
