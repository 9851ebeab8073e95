import { type AppLogin, migrate } from '@app/db/migrate';

/** The one place that knows how an empty database becomes Sanad's. */
export async function migrateForTests(adminUrl: string, login: AppLogin): Promise<void> {
  await migrate(adminUrl, login);
}
