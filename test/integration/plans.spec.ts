import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { toSearchQuery } from '@app/domain/folding';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { ReferenceData } from '@app/features/directory/reference-data';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { TicketsQueries, type ListRequest } from '@app/features/tickets/tickets.queries';
import { CursorSecret } from '@app/platform/cursor';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';
import { World } from '../support/world';

const TICKETS = 50_000;
let database: TestDatabase;
let world: World;
let app: INestApplicationContext;
let agent: Actor;
let supervisor: Actor;
let member: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await World.create(database);
  const associationId = await world.association('FM', 'MA-FES');
  const staff = await world.staff('FM', 'agent');
  const person = await world.person(associationId, 'member');
  const base = {
    name: 'X',
    hubIsNational: false,
    associationId: null,
    association: null,
    cleared: false,
    locale: 'fr' as const,
  };
  agent = { ...base, accountId: staff.accountId, role: 'agent', hubId: world.hubs.FM };
  supervisor = { ...agent, role: 'supervisor' };
  member = { ...base, accountId: person.accountId, role: 'member', hubId: world.hubs.FM, associationId };
  await fill(associationId, person.accountId);
  app = await startContext(testConfig(database.appUrl), DirectoryModule, TicketsModule);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
  await database?.drop();
});

/** Three hubs; every fifth ticket open, every tenth restricted, one in a thousand of the association. */
async function fill(associationId: string, requesterId: string): Promise<void> {
  await world.client.query(
    `insert into ticket (id, reference, hub_id, origin_hub_id, association_id, requester_account_id, place_code, channel, language, answer_language,
       kind, advice_level, category_code, queue_id, priority, confidentiality, needs_validation, status, subject, next_due_at, opened_at, updated_at)
     select gen_random_uuid(), 'T-' || n, h.id, h.id, case when n % 1000 = 0 then $1::uuid end, case when n % 1000 = 0 then $2::uuid end, 'MA-FES', 'portal', 'fr', 'fr',
       'legal', 'orientation', 'CRE.04', q.id, 'normal', case when n % 10 = 0 then 'restricted' else 'normal' end, false,
       case when n % 5 = 0 then 'open' else 'closed' end, 'Question ' || n, case when n % 5 = 0 then now() + n * interval '1 minute' end,
       now() - n * interval '1 minute', now() - (n * 7919 % ${TICKETS}) * interval '1 minute'
     from generate_series(1, ${TICKETS}) n
     join lateral (select id from hub where code = (array['FM', 'MS', 'NT'])[1 + n % 3]) h on true
     join lateral (select id from queue where hub_id = h.id order by code limit 1) q on true`,
    [associationId, requesterId],
  );
  await world.client.query(
    `insert into message (id, ticket_id, hub_id, association_id, kind, author_kind, author_name, channel, language, direction, body, search, created_at)
     select gen_random_uuid(), t.id, t.hub_id, t.association_id, 'reply', 'requester', 'X', 'portal', 'fr', 'ltr', t.subject,
       array_to_tsvector(array['question', 'mot' || right(t.reference, 2), 'rare' || right(t.reference, 4)]), now() from ticket t`,
  );
  await world.client.query('vacuum (analyze) ticket');
  await world.client.query('vacuum (analyze) message');
}

interface Plan {
  buffers: number;
  text: string;
}

/** The plans of the statements that a list really sends, measured in its own transaction, under its own role. */
async function plansOf(actor: Actor, request: Partial<ListRequest>): Promise<Plan[]> {
  const plans: Plan[] = [];
  const db = app.get(TenantDb);
  const explaining = {
    run: <T>(who: Actor, work: (tx: TenantTx) => Promise<T>, options?: object) =>
      db.run(
        who,
        async (tx) => {
          const explain = async (text: string, values: unknown[]) => {
            const rows = await tx.sql<{ 'QUERY PLAN': string }>(
              `explain (analyze, buffers, timing off) ${text}`,
              values,
            );
            const lines = rows.map((row) => row['QUERY PLAN']).join('\n');
            plans.push({ text: lines, buffers: executionBuffers(lines) });
          };
          return work(
            new Proxy(tx, {
              get: (target, name) => {
                if (name === 'query' || name === 'last')
                  return async (key: string, text: string, values: unknown[]) => {
                    await explain(text, values);
                    return target[name](key, text, values);
                  };
                if (name === 'sql')
                  return async (text: string, values: unknown[]) => {
                    await explain(text, values);
                    return target.sql(text, values);
                  };
                const value = Reflect.get(target, name, target);
                return typeof value === 'function' ? value.bind(target) : value;
              },
            }),
          );
        },
        options,
      ),
  } as TenantDb;
  const queries = new TicketsQueries(explaining, app.get(ReferenceData), app.get(CursorSecret));
  const page = await queries.list(actor, { sort: 'updated', limit: 25, ...request });
  expect(page.items.length).toBeGreaterThan(0);
  return plans;
}

/** Pages of the whole execution: the first line of the tree, not those of planning. */
function executionBuffers(plan: string): number {
  const [, hit, read] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan.split('Planning:')[0])!;
  return Number(hit ?? 0) + Number(read ?? 0);
}

describe(`a page of a list among ${TICKETS} tickets reads at most 100 pages of the tables`, () => {
  const cases: [string, () => Actor, Partial<ListRequest>][] = [
    ["an agent's default list", () => agent, {}],
    ["a supervisor's default list", () => supervisor, {}],
    ["a member's default list", () => member, {}],
    ['what is open', () => agent, { open: true }],
    ['what nobody has', () => supervisor, { open: true, assignee: 'none' }],
    ['what is due first', () => agent, { open: true, sort: 'due' }],
  ];
  it.each(cases)('%s', async (_, actor, request) => {
    const [plan] = await plansOf(actor(), request);
    expect(plan.text).toMatch(/Index Scan/);
    expect({ plan: plan.buffers > 100 ? plan.text : '', budget: 100 }).toEqual({ plan: '', budget: 100 });
  });

  it('the fourth page costs no more than the first', async () => {
    const queries = app.get(TicketsQueries);
    let cursor: string | undefined;
    for (let page = 1; page < 4; page += 1) {
      cursor = (await queries.list(agent, { sort: 'updated', limit: 25, cursor })).nextCursor!;
    }
    const [plan] = await plansOf(agent, { cursor });
    expect(plan.buffers).toBeLessThanOrEqual(100);
  });
});

describe('search', () => {
  const branches = async (): Promise<string[]> => {
    const { rows } = await world.client.query<{ body: string }>(
      `select prosrc as body from pg_proc where proname = 'search_tickets'`,
    );
    return [...rows[0].body.matchAll(/return query (with[\s\S]*?limit p_limit);/g)].map(([, sql]) => sql);
  };

  it('takes the index of the words in each of its branches, as the owner for whom it runs', async () => {
    const found = await branches();
    expect(found).toHaveLength(3);
    for (const sql of found) {
      const concrete = sql
        .replace(/@@ q\b/, `@@ 'rare1234'::tsquery`)
        .replace(/\bp_limit\b/, '1000')
        .replace(/\bscope_hub\b/g, `'${world.hubs.FM}'::uuid`)
        .replace(/\bscope_association\b/g, `'${member.associationId}'::uuid`);
      await world.client.query('begin');
      await world.client.query('set local role sanad_owner');
      const { rows } = await world.client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${concrete}`);
      await world.client.query('rollback');
      const text = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).toMatch(/Bitmap Index Scan on message_search/);
      expect(text).not.toMatch(/Seq Scan on message/);
    }
  });

  it('a rare word costs about as many pages as it has hits', async () => {
    const plans = await plansOf(supervisor, { q: 'rare1234' });
    expect(toSearchQuery('rare1234')).not.toBeNull();
    expect(plans).toHaveLength(2);
    for (const plan of plans) expect(plan.buffers).toBeLessThanOrEqual(300);
  });
});
