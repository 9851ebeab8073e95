import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StartupProblem } from './startup-problem';

/** Roles are cluster-wide, hence the prefix. None may bypass row-level security: managed servers refuse that. */
export const TENANT_ROLES = ['sanad_member', 'sanad_hub', 'sanad_guest', 'sanad_national', 'sanad_system'] as const;
export type TenantRole = (typeof TENANT_ROLES)[number];

const GROUP_ROLES = ['sanad_owner', 'sanad_queue', ...TENANT_ROLES];
/** One key for every Sanad migration on a server: roles are shared between databases. */
const MIGRATION_LOCK = 734_209_115;
/** Limits of the login, so that they hold through a pooler as well: one bad request must not hold the rest. */
const LOGIN_SETTINGS = {
  statement_timeout: '5s',
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '10s',
  timezone: 'UTC',
  jit: 'off',
};
const LOCK_WAIT_MS = 500;
const LOCK_TRIES = 120;
const CLOSE_GATE = `do $$ begin if to_regclass('ticket') is not null then lock table ticket in access exclusive mode; end if; end $$`;
const LOCK_NOT_AVAILABLE = '55P03';

export interface AppLogin {
  user: string;
  password: string;
}

/** Brings roles and schema up to date, under a lock; safe to run at every start and from several processes. */
export async function migrate(
  adminUrl: string,
  login: AppLogin,
  migrationsDir = defaultMigrationsDir(),
): Promise<string[]> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await createRoles(admin, login);
    const applied = await applyMigrations(admin, migrationsDir);
    // The one thing the login may do before it takes a role.
    await admin.query(
      `grant execute on function session_actor(bytea[], date) to ${admin.escapeIdentifier(login.user)}`,
    );
    return applied;
  } finally {
    await admin.end();
  }
}

/** Names of the migrations this build knows, in order. */
export function migrationNames(migrationsDir = defaultMigrationsDir()): string[] {
  return readdirSync(migrationsDir)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

/** A program must not touch what a newer one has changed: throws a StartupProblem. */
export function refuseNewer(known: readonly string[], applied: readonly { name: string }[]): void {
  if (applied.some(({ name }) => !known.includes(name)))
    throw new StartupProblem('The database is newer than this program: install the newer program.');
}

/** From dist or from the sources, the SQL files lie with the sources: they are data, not code. */
function defaultMigrationsDir(): string {
  const marker = `${path.sep}dist${path.sep}`;
  const here = __dirname + path.sep;
  const at = here.lastIndexOf(marker);
  const root = at < 0 ? path.resolve(__dirname, '../../..') : here.slice(0, at);
  return path.join(root, 'libs/db/src/migrations');
}

async function createRoles(admin: Client, login: AppLogin): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>('select rolname from pg_roles');
  const existing = new Set(rows.map((row) => row.rolname));
  for (const role of GROUP_ROLES) {
    if (!existing.has(role)) await admin.query(`create role ${role} nologin`);
  }
  const user = admin.escapeIdentifier(login.user);
  const verb = existing.has(login.user) ? 'alter' : 'create';
  await admin.query(`${verb} role ${user} login noinherit password ${admin.escapeLiteral(login.password)}`);
  for (const [name, value] of Object.entries(LOGIN_SETTINGS))
    await admin.query(`alter role ${user} set ${name} = '${value}'`);
  // Grants in one place; they are repeated at each start because the login may be new.
  for (const role of ['sanad_queue', ...TENANT_ROLES]) await admin.query(`grant ${role} to ${user}`);
  await admin.query(`grant sanad_owner, sanad_queue to current_user`);
}

async function applyMigrations(admin: Client, dir: string): Promise<string[]> {
  await admin.query(`
    create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now());
    grant create, usage on schema public to sanad_owner;
    revoke create on schema public from public;
    grant select on schema_migration to sanad_system`);
  const { rows: names } = await admin.query<{ name: string }>('select current_database() as name');
  await admin.query(`grant create on database ${admin.escapeIdentifier(names[0].name)} to sanad_owner, sanad_queue`);
  const { rows } = await admin.query<{ name: string }>('select name from schema_migration');
  refuseNewer(migrationNames(dir), rows);
  const done = new Set(rows.map((row) => row.name));
  const applied: string[] = [];
  for (const name of migrationNames(dir)) {
    if (done.has(name)) continue;
    await applyOne(admin, name, readFileSync(path.join(dir, name), 'utf8'));
    applied.push(name);
  }
  return applied;
}

/** While others serve: a lock that does not come soon is given up, so that nobody queues behind it for long, and asked for again. */
async function applyOne(admin: Client, name: string, sql: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await applyOnce(admin, name, sql, tries > 1);
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || tries === LOCK_TRIES) throw error;
      await sleep(Math.random() * 200 * Math.min(tries, 10));
    }
  }
}

/**
 * `gate`: nearly all that is written begins with a ticket. A migration of several tables that holds one and waits for another meets people who hold
 * the other and wait for the one, at each try; behind the tickets' table they have all gone before it begins.
 */
async function applyOnce(admin: Client, name: string, sql: string, gate: boolean): Promise<void> {
  await admin.query('begin');
  try {
    await admin.query(`set local role sanad_owner; set local lock_timeout = '${LOCK_WAIT_MS}ms'`);
    if (gate) await admin.query(CLOSE_GATE);
    await admin.query(sql);
    await admin.query('reset role');
    await admin.query('insert into schema_migration (name) values ($1)', [name]);
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}
