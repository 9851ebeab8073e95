import { type AppLogin, migrate } from '@app/db/migrate';
import { migrateQueues } from '@app/db/migrate-queues';

/** The one place that knows how an empty database becomes Sanad's. */
export async function migrateForTests(adminUrl: string, login: AppLogin): Promise<void> {
  await migrate(adminUrl, login);
  await migrateQueues(adminUrl);
}
