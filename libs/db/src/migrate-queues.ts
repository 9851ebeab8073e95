import { runMigrations } from 'bullmq';
import { Client } from 'pg';

/** BullMQ's tables live apart from ours and belong to a role that sees nothing else. */
export const QUEUE_SCHEMA = 'bullmq';
export const QUEUE_ROLE = 'sanad_queue';

/** Brings BullMQ's schema up to date; after `migrate`, which makes the role. Safe to repeat and to run from several processes. */
export async function migrateQueues(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`set role ${QUEUE_ROLE}`);
    await runMigrations(admin as never, QUEUE_SCHEMA);
  } finally {
    await admin.end();
  }
}
