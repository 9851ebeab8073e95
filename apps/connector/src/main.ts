import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { checkMigrated } from '@app/db/migrated';
import { directUrl, readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { LOG, NestLog, type Log } from '@app/platform/log';
import { runProcess } from '@app/platform/process';
import { ConnectorModule } from './connector.module';

@Module({})
class ConnectorProcess {
  static forRoot(config: Config): DynamicModule {
    return { module: ConnectorProcess, imports: [DatabaseModule.forRoot(config), ConnectorModule] };
  }
}

runProcess(async () => {
  const config = readConfig();
  if (!config.databaseUrl) throw new Error('start:connector needs DATABASE_URL.');
  await checkMigrated(directUrl(config));
  const app = await NestFactory.createApplicationContext(ConnectorProcess.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  const log = app.get<Log>(LOG);
  app.useLogger(new NestLog(log));
  log.info('connector ready');
  return () => app.close();
});
