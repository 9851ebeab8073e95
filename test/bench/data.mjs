// A database with people, sessions and tickets, written by SQL: what is measured is reading and writing beside them.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createRequire } from 'node:module';
import path from 'node:path';
import { liveFigures } from './data-live.mjs';
import { ROOT } from './processes.mjs';

const require = createRequire(import.meta.url);
const load = (file) => require(path.join(ROOT, 'dist', file));
const LOGIN = { user: 'sanad_app', password: randomBytes(12).toString('hex') };
const MEMBERS = 32;
const AGENTS = 8;
const IN_PAST_DAYS = 300;

function urlOf(adminUrl, database, login) {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) [url.username, url.password] = [login.user, login.password];
  return url.href;
}

export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A migrated database with reference data. */
export async function createEmptyDatabase(adminUrl, name) {
  await withClient(adminUrl, (client) => client.query(`create database ${name}`));
  const url = urlOf(adminUrl, name);
  const { setUpDatabase } = load('apps/all/src/prepare.js');
  await setUpDatabase(url, LOGIN);
  return { adminUrl: url, appUrl: urlOf(adminUrl, name, LOGIN) };
}

/** The same with people and `tickets` tickets. */
export async function createDatabase(adminUrl, name, tickets) {
  const database = await createEmptyDatabase(adminUrl, name);
  const url = database.adminUrl;
  const world = await withClient(url, async (client) => {
    const made = await people(client);
    await bulkTickets(client, made, tickets);
    await liveFigures(client);
    await client.query('vacuum analyze');
    return { ...made, ...(await wanted(client, made)) };
  });
  return { ...database, world };
}

async function people(client) {
  const one = async (text, values) => (await client.query(text, values)).rows[0];
  const place = await one(
    `select t.place_code, t.hub_id, h.calendar_id from territory t join hub h on h.id = t.hub_id
     where t.valid @> current_date and h.status = 'active' and not h.is_national order by t.place_code limit 1`,
  );
  const hubId = place.hub_id;
  const { code: categoryCode } = await one(`select code from category where code = 'CRE.04'`);
  const calendar = await one('select id from calendar_version where calendar_id = $1 order by version desc', [
    place.calendar_id,
  ]);
  const policy = await one('select id from sla_policy_version order by published_at desc');
  const queue = await one(`select id from queue where hub_id = $1 order by kind = 'legal' desc nulls last, code`, [
    hubId,
  ]);
  const world = {
    hubId,
    placeCode: place.place_code,
    categoryCode,
    calendarVersionId: calendar.id,
    policyVersionId: policy.id,
    queueId: queue.id,
    members: [],
    agents: [],
  };
  for (let i = 0; i < MEMBERS; i++) world.members.push(await member(client, world, i));
  for (let i = 0; i < AGENTS; i++) {
    const agent = await account(client, `Agent ${i}`, ['hub', 'agent', hubId, null]);
    for (const language of ['fr', 'ar'])
      await client.query('insert into agent_skill values ($1, $2, $3, 3)', [agent.accountId, hubId, language]);
    world.agents.push(agent);
  }
  return world;
}

async function member(client, world, i) {
  const associationId = randomUUID();
  await client.query(
    `insert into association (id, hub_id, name_fr, name_ar, folded, place_code, created_at, updated_at) values ($1, $2, $3, $4, $3, $5, now(), now())`,
    [associationId, world.hubId, `association ${i}`, `جمعية ${i}`, world.placeCode],
  );
  const person = await account(client, `Membre ${i}`, ['association', 'member', world.hubId, associationId]);
  return { ...person, associationId };
}

async function account(client, name, [kind, role, hubId, associationId]) {
  const [accountId, membershipId, token] = [randomUUID(), randomUUID(), randomBytes(32).toString('base64url')];
  await client.query(
    `insert into account (id, email, password_hash, name, created_at) values ($1, $2, 'x', $3, now())`,
    [accountId, `${accountId}@example.org`, name],
  );
  await client.query(
    'insert into membership (id, account_id, kind, role, hub_id, association_id) values ($1, $2, $3, $4, $5, $6)',
    [membershipId, accountId, kind, role, hubId, associationId],
  );
  await client.query(
    `insert into session (id, token_hash, account_id, membership_id, created_at, expires_at) values ($1, $2, $3, $4, now(), now() + interval '1 day')`,
    [randomUUID(), createHash('sha256').update(token).digest(), accountId, membershipId],
  );
  return { accountId, token };
}

/**
 * Half of the tickets lie in one hub, half of those in its busiest queue; two in five are open. Words follow a steep curve, and three words
 * are in exactly 10, 100 and 1,000 tickets of the hub at any size. Some tickets have a long history.
 */
async function bulkTickets(client, world, count) {
  const values = [count, world.hubId, world.queueId, world.placeCode, world.policyVersionId, world.calendarVersionId];
  await client.query(
    `create temp table bulk as
     select n, uuidv7(- (interval '1 second' * ($1::int - n) * (${IN_PAST_DAYS} * 86400.0 / $1::int))) as id, b.open, b.at, p.association_id, p.account_id,
       case when n % 2 = 0 then $2::uuid else o.hub_id end as hub_id, case when n % 4 = 0 then $3::uuid else o.queue_id end as queue_id
     from generate_series(1, $1::int) n,
     lateral (select random() < 0.4 as open, now() - interval '1 second' * ($1::int - n) * (${IN_PAST_DAYS} * 86400.0 / $1::int) as at, n as _) b,
     lateral (select hub_id, id as queue_id from queue where (hub_id = $2) = (n % 2 = 0) and id <> $3
       offset n % (select count(*) from queue where (hub_id = $2) = (n % 2 = 0) and id <> $3) limit 1) o,
     lateral (select m.association_id, m.account_id from membership m where m.role = 'member' offset n % ${MEMBERS} limit 1) p`,
    values.slice(0, 3),
  );
  await client.query(
    `insert into ticket (id, reference, hub_id, origin_hub_id, association_id, association_fr, association_ar, requester_account_id, requester_name, place_code,
       channel, language, answer_language, kind, advice_level, category_code, queue_id, priority, confidentiality, needs_validation, status, subject, next_due_at,
       opened_at, updated_at, closed_at)
     select id, 'ZZ-20-' || n || '-0', hub_id, hub_id, association_id, 'Association des femmes rurales', 'جمعية النساء القرويات', account_id, 'Membre', $1,
       (array['portal', 'phone', 'email'])[1 + n % 3], 'fr', 'fr', 'legal', 'orientation', 'CRE.04', queue_id, 'normal', 'normal', false,
       case when open then (array['new', 'open', 'pending', 'answered'])[1 + n % 4] else 'closed' end, 'Récépissé définitif non délivré ' || n,
       case when open then now() + interval '1 day' * (1 + n % 60) end, at, at + interval '1 hour', case when not open then at + interval '1 day' end
     from bulk order by n`,
    [world.placeCode],
  );
  await messages(client);
  await promises(client, world);
  await pauses(client);
  await client.query(
    'update ticket set last_public_message_id = (select max(m.id::text)::uuid from message m where m.ticket_id = ticket.id) from bulk where ticket.id = bulk.id and n % 2 = 0 and n <= 10000',
  );
}

/** One message each, ten for every fiftieth of the first ten thousand; forty words in a vocabulary of eight thousand. */
async function messages(client) {
  await client.query(`
    insert into message (id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, search, created_at)
    select uuidv7(b.at - now() + interval '1 minute' * i), b.id, b.hub_id, b.association_id, 'reply', b.account_id, 'requester', 'Membre', 'portal', 'fr', 'ltr',
      array_to_string(w.words, ' '), array_to_tsvector(w.words), b.at
    from bulk b, lateral generate_series(1, case when b.n <= 10000 and b.n % 50 = 0 then 10 else 1 end) i,
    lateral (select array_agg(distinct 'mot' || floor(8000 * random() ^ 3 + 0 * word)::int)
        || case when i = 1 and b.n % 2 = 0 and b.n <= 2000 then array['raremille'] else '{}' end
        || case when i = 1 and b.n % 20 = 0 and b.n <= 2000 then array['rarecent'] else '{}' end
        || case when i = 1 and b.n % 200 = 0 and b.n <= 2000 then array['raredix'] else '{}' end as words
      from generate_series(1, 40) word) w`);
  await client.query(`
    insert into event (at, type, hub_id, association_id, ticket_id, actor_id, entity_version, data)
    select b.at, case when i = 1 then 'ticket.created' else 'ticket.asked-again' end, b.hub_id, b.association_id, b.id, b.account_id, i, '{}'
    from bulk b, lateral generate_series(1, case when b.n <= 10000 and b.n % 50 = 0 then 10 else 1 end) i order by b.n, i`);
}

async function promises(client, world) {
  const versions = [world.policyVersionId, world.calendarVersionId];
  await client.query(
    `insert into sla_clock (id, ticket_id, hub_id, association_id, metric, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state, met_at)
     select uuidv7(), b.id, b.hub_id, b.association_id, m, $1, $2, 'business', 600, b.at, now() + interval '1 day' * (1 + b.n % 60),
       case when b.open then 'running' else 'met' end, case when b.open then null else b.at + interval '1 hour' end
     from bulk b, unnest(array['first_response', 'resolution']) m`,
    versions,
  );
  await client.query(`
    insert into deadline (clock_id, kind, ticket_id, hub_id, association_id, due_at)
    select c.id, case when c.state <> 'met' then 'breach' end, c.ticket_id, c.hub_id, c.association_id, case when c.state <> 'met' then c.due_at end
    from sla_clock c`);
}

/** What was answered or waited for the association has been paused, as in a database that has been in use. */
async function pauses(client) {
  await client.query(`
    insert into sla_pause (id, ticket_id, hub_id, association_id, from_at, to_at, reason)
    select uuidv7(), t.id, t.hub_id, t.association_id, t.opened_at + interval '1 hour', t.closed_at, case t.status when 'pending' then 'pending' else 'answered' end
    from ticket t join bulk b on b.id = t.id where t.status not in ('new', 'open')`);
}

/** Tickets of the hub with a history of ten messages and ten events. */
async function wanted(client, world) {
  const { rows } = await client.query(
    `select ticket_id as id from message where hub_id = $1 group by ticket_id having count(*) = 10 limit 200`,
    [world.hubId],
  );
  return { historyTickets: rows.map((row) => row.id) };
}
