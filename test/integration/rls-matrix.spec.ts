import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { TENANT_ROLES, type TenantRole } from '@app/db/migrate';
import type { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openTenantDb } from '../support/tenant-db';
import { Arrange } from '../support/tickets';
import { actorOf, arrangeSide, type Side } from '../support/two-hubs';

let database: TestDatabase;
let arrange: Arrange;
let source: DataSource;
let db: TenantDb;
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  database = await createTestDatabase();
  arrange = await Arrange.open(database.adminUrl);
  [ours, theirs] = [await arrangeSide(arrange, 'AA'), await arrangeSide(arrange, 'BB')];
  ({ db, source } = await openTenantDb(database.appUrl, 2));
}, 60_000);
afterAll(async () => {
  await source?.destroy();
  await arrange?.close();
  await database?.drop();
});

const ACTORS: Record<Exclude<TenantRole, 'sanad_system'>, Actor['role']> = {
  sanad_hub: 'agent',
  sanad_member: 'manager',
  sanad_guest: 'expert',
  sanad_national: 'coordinator',
};
/** Configuration that everybody reads, and the figures that the programme compares. */
const READABLE = new Set([
  ...['queue', 'routing_rule', 'sla_policy', 'calendar', 'macro'].flatMap((table) =>
    Object.keys(ACTORS).map((role) => `${role} ${table}`),
  ),
  'sanad_hub presence_reason',
  'sanad_national live_counter',
  'sanad_national report_day',
  'sanad_national routing_rule_set',
]);
/** Nobody reads or changes another's outbox rows; a row added twice to the queue of an event has no effect of its own. */
const INSERTABLE = new Set(Object.keys(ACTORS).map((role) => `${role} outbox`));
const TABLES =
  `ticket message escalation sla_clock sla_pause deadline event ticket_grant ticket_fact contact contact_phone contact_email
  association membership agent_skill agent_state agent_state_log agent_plan work_item offer presence_reason account session idempotency notification
  draft saved_view mail_text invitation
  outbox mail_message live_ticket live_counter report_day report_export
  ticket_link ticket_merge consultation validation pending_reply mention bulk_action
  hub_telephony pbx_integration pbx_queue pbx_agent pbx_event pbx_mirror call call_leg callback callback_attempt consent
  association_invitation upload attachment rating queue routing_rule routing_rule_set sla_policy calendar sla_change macro`.split(
    /\s+/,
  );
/** Without rows of one hub. */
const SHARED = ['login_attempt', 'event_seal', 'territory'];

/** Rows that a statement reached as the actor, or the code of its refusal; nothing is kept. */
async function reached(actor: Actor, sql: string, values: unknown[] = []): Promise<number | string> {
  const KEEP_NOTHING = new Error('nothing is kept');
  let rows = 0;
  try {
    await db.run(actor, async (tx) => {
      rows = await tx.affected(sql, values);
      throw KEEP_NOTHING;
    });
  } catch (error) {
    if (error !== KEEP_NOTHING) return (error as { code: string }).code;
  }
  return rows;
}

it('covers every table with row-level security', async () => {
  const rows = await arrange.rows<{ name: string }>(
    `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace order by 1`,
  );
  expect(rows.map((row) => row.name)).toEqual([...TABLES, ...SHARED].sort());
  for (const table of TABLES) {
    for (const side of [ours, theirs]) {
      const [{ n }] = await arrange.rows<{ n: number }>(
        `select count(*)::int as n from ${table} where ${side.rows[table]}`,
      );
      expect({ table, some: n > 0 }).toEqual({ table, some: true });
    }
  }
  expect(Object.keys(ACTORS).sort()).toEqual(TENANT_ROLES.filter((role) => role !== 'sanad_system').sort());
});

it('shows a hub and an association their own', async () => {
  for (const role of ['agent', 'manager'] as const) {
    expect(await reached(actorOf(ours, role), `select id from ticket where ${ours.rows.ticket}`)).toBeGreaterThan(0);
    expect(
      await reached(actorOf(ours, role), `update ticket set version = 2 where ${ours.rows.ticket}`),
    ).toBeGreaterThan(0);
  }
});

async function columnsOf(table: string, privilege: { role: string; of: string } | null): Promise<string[]> {
  const rows = await arrange.rows<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''
       and ($2::text is null or has_column_privilege($2, attrelid, attnum, $3)) order by attnum`,
    [table, privilege?.role ?? null, privilege?.of ?? null],
  );
  return rows.map((row) => row.name);
}

describe.each(Object.entries(ACTORS))('%s', (role, person) => {
  describe.each(TABLES)('%s of another hub', (table) => {
    const actor = (): Actor => actorOf(ours, person);

    it('is not read', async () => {
      const rows = await reached(
        actor(),
        `select count(*) from ${table} where ${theirs.rows[table]} having count(*) > 0`,
      );
      if (READABLE.has(`${role} ${table}`)) expect(rows).toBe(1);
      else expect([0, '42501']).toContain(rows);
    });

    it('is not changed', async () => {
      const [column] = await columnsOf(table, { role, of: 'update' });
      if (!column) {
        const [any] = await columnsOf(table, null);
        expect(await reached(actor(), `update ${table} set ${any} = ${any}`)).toBe('42501');
        return;
      }
      const sql = `update ${table} set ${column} = ${column}`;
      expect(await reached(actor(), `${sql} where ${theirs.rows[table]}`)).toBe(0);
      // Without a condition only the policy stands before the rows.
      expect(await foreignTouched(table, sql, actor())).toBe(false);
    });

    it('is not deleted', async () => {
      expect([0, '42501']).toContain(await reached(actor(), `delete from ${table} where ${theirs.rows[table]}`));
    });

    it('is not added', async () => {
      const [{ row }] = await arrange.rows<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${table} t where ${theirs.rows[table]} limit 1`,
      );
      const list = (await columnsOf(table, null)).join(', ');
      const fresh = 'id' in row ? { ...row, id: table === 'event' ? 0 : randomUUID() } : row;
      const code = await reached(
        actor(),
        `insert into ${table} (${list}) select ${list} from jsonb_populate_record(null::${table}, $1)`,
        [JSON.stringify(fresh)],
      );
      expect(code).toBe(INSERTABLE.has(`${role} ${table}`) ? '23505' : '42501');
    });
  });
});

/** Whether a statement over the whole table wrote a foreign row: a written row has a new place. */
async function foreignTouched(table: string, sql: string, actor: Actor): Promise<boolean> {
  const places = () =>
    arrange.rows<{ ctid: string }>(`select ctid::text from ${table} where ${theirs.rows[table]} order by 1`);
  const before = await places();
  await db.run(actor, (tx) => tx.affected(sql));
  return JSON.stringify(await places()) !== JSON.stringify(before);
}
