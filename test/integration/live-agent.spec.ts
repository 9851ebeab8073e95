import { Module, type INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { loadReference } from '@app/db/reference/load';
import { relaxationOf } from '@app/domain/work/candidates';
import { SlaModule } from '@app/features/sla/sla.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { WorkModule } from '@app/features/work/work.module';
import { RoutingModule } from '@app/features/routing/routing.module';
import { readConfig } from '@app/platform/config';
import { LiveAgent } from '../../apps/all/src/demonstration/live/live-agent';
import { loadPeople } from '../../apps/all/src/demonstration/load';
import { referenceDir } from '../../apps/all/src/prepare';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';

@Module({ imports: [TicketsModule, WorkModule, SlaModule, RoutingModule] })
class StageModule {}

let database: TestDatabase;
let admin: Client;
let app: INestApplicationContext;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await loadReference(admin, referenceDir());
  await loadPeople(admin, referenceDir(), new Date());
  app = await startContext(testConfig(database.appUrl, { demonstration: true }), StageModule);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await admin?.end();
  await database?.drop();
});

const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await admin.query<Row>(sql)).rows;

/** One beat of a new agent, begun and ended. */
async function beat(): Promise<void> {
  const agent = new LiveAgent(app);
  expect(await agent.start()).toBe(true);
  await agent.stop();
}

test('sets its scene once, appears and asks as people do, and plays nobody as whom somebody is signed in', async () => {
  await admin.query(
    `insert into session (id, token_hash, account_id, membership_id, created_at, expires_at)
     select gen_random_uuid(), sha256('x'), a.id, m.id, now(), now() + interval '1 hour' from account a join membership m on m.account_id = a.id
     where a.email = 'agent.fr.ms@demo.example.org'`,
  );
  await beat();
  const there = await rows<{ email: string; presence: string }>(
    `select a.email::text as email, s.presence from agent_state s join account a on a.id = s.account_id order by 1`,
  );
  expect(there).toEqual([
    { email: 'agent.ar.fm@demo.example.org', presence: 'available' },
    { email: 'agent.fr-ar.ms@demo.example.org', presence: 'away' },
  ]);
  const asked =
    await rows(`select h.code, t.tags, p.code as policy from ticket t join hub h on h.id = t.hub_id join sla_clock c on c.ticket_id = t.id and c.metric = 'first_response'
    join sla_policy_version v on v.id = c.policy_version_id join sla_policy p on p.id = v.policy_id`);
  expect(asked).toEqual([{ code: 'MS', tags: ['demo_live'], policy: 'DEMO-LIVE' }]);

  const settings = `select (select count(*)::int from event where type = 'routing.changed') as changes, (select count(*)::int from sla_policy_version v join sla_policy p on p.id = v.policy_id where p.code = 'DEMO-LIVE') as policies`;
  const before = await rows(settings);
  await beat();
  expect(await rows(settings)).toEqual(before);
  expect(before).toEqual([{ changes: 2, policies: 1 }]);
});

test('all that it shows falls due within two minutes of a start', async () => {
  // Asked at the first beat: what the policy plans for it.
  const [{ kinds, seconds }] = await rows<{ kinds: string[]; seconds: number[] }>(
    `select array_prepend(d.kind, d.later_kinds) as kinds,
       array(select extract(epoch from due - t.opened_at)::int from unnest(array_prepend(d.due_at, d.later_dues)) due) as seconds
     from deadline d join sla_clock c on c.id = d.clock_id and c.metric = 'first_response' join ticket t on t.id = d.ticket_id and t.tags = '{demo_live}'`,
  );
  expect(kinds).toEqual(['notify:supervisor:1', 'warn', 'breach', 'raise_priority:one_level:2']);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(60);
  // The next question is one for the neighbour: it is asked for after a share of the longest wait of its queue.
  const [{ wait, helpers }] = await rows<{ wait: number; helpers: number }>(
    `select (q.settings ->> 'maxWaitSeconds')::int as wait,
       (select count(*)::int from hub_agreement a where a.from_hub_id = h.id and a.what @> '{overflow}' and q.code = any (a.queue_codes)) as helpers
     from queue q join hub h on h.id = q.hub_id where h.code = 'MS' and q.code = 'ADMIN'`,
  );
  expect(helpers).toBeGreaterThan(0);
  const queuedAt = new Date(0);
  expect(relaxationOf({ queuedAt, maxWaitSeconds: wait }, new Date(60_000))).toBe('neighbour');
});

test('is off by its flag alone, and never without a demonstration', () => {
  expect(readConfig({ SANAD_DEMO_AGENT: 'off' }).demonstrationAgent).toBe(false);
  expect(readConfig({})).toMatchObject({ demonstration: false, demonstrationAgent: true });
});
