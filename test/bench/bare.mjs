// The bare limits of the database: the rows of a ticket through `pg` with a pool of 10, in our tables, by the superuser.
import { createRequire } from 'node:module';
import pg from 'pg';
import { answer } from './processes.mjs';

const { v7: uuid } = createRequire(import.meta.url)('uuid');
const [databaseUrl] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

const TICKET = `insert into ticket (id, reference, hub_id, origin_hub_id, association_id, requester_account_id, requester_name, place_code, channel, language,
  answer_language, kind, advice_level, category_code, queue_id, priority, confidentiality, needs_validation, status, subject, next_due_at, opened_at, updated_at)
  values ($1, $2, $3, $3, $4, $5, 'Amina', $6, 'portal', 'fr', 'fr', 'legal', 'orientation', $7, $8, 'normal', 'normal', false, 'new', $9, $10, $11, $11)`;
const MESSAGE = `insert into message (id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, search, created_at)
  values ($1, $2, $3, $4, 'reply', $5, 'requester', 'Amina', 'portal', 'fr', 'ltr', $6, array_to_tsvector(string_to_array($7, ' ')), $8)`;
const EVENT = `insert into event (at, type, hub_id, association_id, ticket_id, actor_id, entity_version, data) values ($1, 'ticket.created', $2, $3, $4, $5, 1, $6)`;
const CLOCK = `(id, ticket_id, hub_id, association_id, metric, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state)`;
const CLOCKS = `insert into sla_clock ${CLOCK} values ($1, $3, $4, $5, 'first_response', $6, $7, 'business', 60, $8, $9, 'running'),
  ($2, $3, $4, $5, 'resolution', $6, $7, 'business', 600, $8, $9, 'running')`;
const OUTBOX = `insert into outbox (event_id, consumer) values ($1, 'notification')`;

const BODY =
  'Bonjour, notre association a déposé son dossier complet auprès de l’autorité locale il y a soixante-quatorze jours et ' +
  'n’a toujours reçu que le récépissé provisoire. Que pouvons-nous faire, dans quel délai, et auprès de qui ? ' +
  'Nous avons gardé les copies des pièces et la date du dépôt.';
const WORDS = [...new Set(BODY.toLowerCase().match(/[a-zéèêàôç]+/g))].join(' ');
let number = Date.now() % 1_000_000_000;

function rowsOf(world, person) {
  const [ticket, at, subject] = [uuid(), new Date(), 'Récépissé définitif non délivré'];
  const due = new Date(at.getTime() + 40 * 86_400_000);
  const owner = [world.hubId, person.associationId];
  const clocks = [uuid(), uuid()];
  const data = { status: 'new', assigneeId: null, clocks, queueId: world.queueId };
  return {
    ticket: [
      ticket,
      `B7-26-${number++}-0`,
      ...owner,
      person.accountId,
      world.placeCode,
      world.categoryCode,
      world.queueId,
      subject,
      due,
      at,
    ],
    message: [uuid(), ticket, ...owner, person.accountId, BODY, WORDS, at],
    event: [at, ...owner, ticket, person.accountId, JSON.stringify(data)],
    clocks: [...clocks, ticket, ...owner, world.policyVersionId, world.calendarVersionId, at, due],
  };
}

/** BEGIN … COMMIT in seven round trips, each statement prepared. */
async function sevenTrips(world, person) {
  const rows = rowsOf(world, person);
  const client = await pool.connect();
  const run = (name, text, values) => client.query({ name, text, values });
  try {
    await client.query('begin');
    await run('ticket', TICKET, rows.ticket);
    await run('message', MESSAGE, rows.message);
    const {
      rows: [event],
    } = await run('event', `${EVENT} returning id`, rows.event);
    await run('clocks', CLOCKS, rows.clocks);
    await run('outbox', OUTBOX, [event.id]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

const shifted = (text, by) => text.replace(/\$(\d+)/g, (_, n) => `$${Number(n) + by}`);
const ONE = `with t as (${TICKET}), m as (${shifted(MESSAGE, 11)}), e as (${shifted(EVENT, 19)} returning id), c as (${shifted(CLOCKS, 25)})
  insert into outbox (event_id, consumer) select id, 'notification' from e`;

/** The same six rows in one statement. */
async function oneStatement(world, person) {
  const { ticket, message, event, clocks } = rowsOf(world, person);
  await pool.query({ name: 'one', text: ONE, values: [...ticket, ...message, ...event, ...clocks] });
}

const KINDS = { b7: sevenTrips, b1: oneStatement };

answer(async ({ kind, clients, seconds, world }) => {
  const times = [];
  const started = performance.now();
  const client = async (person) => {
    while (performance.now() - started < seconds * 1000) {
      const begun = performance.now();
      await KINDS[kind](world, person);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, i) => client(world.members[i % world.members.length])));
  const took = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  return {
    requests: times.length,
    rate: times.length / took,
    errors: 0,
    wrong: [],
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
});
