import { Client } from 'pg';
import { migrationNames, refuseNewer } from './migrate';
import { StartupProblem } from './startup-problem';

/** Refuses, in one sentence, a database that this program cannot run on: not set up, older or newer than the program, or out of reach. */
export async function checkMigrated(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query('set role sanad_system');
    const { rows } = await client.query<{ name: string }>('select name from schema_migration');
    const known = migrationNames();
    refuseNewer(known, rows);
    if (rows.length < known.length)
      throw new StartupProblem('The database is older than this program: run npm run setup with DATABASE_ADMIN_URL.');
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    const code = (error as { code?: string }).code ?? '';
    if (['42P01', '42501', '22023', '42704'].includes(code))
      throw new StartupProblem('The database is not set up: run npm run setup with DATABASE_ADMIN_URL.');
    throw new StartupProblem(
      `The database of DATABASE_URL cannot be used (${code || 'no answer'}): check the address, the login and that it runs.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
