import 'reflect-metadata';
import { TenantDb } from '@app/db/tenant-db';
import { readConfig } from '@app/platform/config';
import { dataSourceOptions } from '@app/platform/database.module';
import { DataSource } from 'typeorm';

/** The application's way into a test database, without the application. */
export async function openTenantDb(databaseUrl: string, poolSize = 4): Promise<{ db: TenantDb; source: DataSource }> {
  const config = { ...readConfig({}), databaseUrl, poolSize };
  const source = await new DataSource(dataSourceOptions(config)).initialize();
  return { source, db: new TenantDb(source, () => new Date()) };
}
