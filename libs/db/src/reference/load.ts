import type { ClientBase } from 'pg';
import { v7 as uuid } from 'uuid';
import { insertMissing, knownValues, idsBy } from './insert';
import { readReference, type Reference } from './read';

/** One load at a time on a database. */
const LOAD_LOCK = 734_209_116;

/**
 * Loads the reference files of a directory. Inserts what is missing, by natural key, and changes nothing that is there:
 * what an administrator edited stays. The client is connected as the administrator, outside a transaction.
 * Throws ReferenceProblem before any change when a file is wrong.
 */
export async function loadReference(client: ClientBase, dir: string): Promise<void> {
  const reference = readReference(dir);
  await asOwner(client, async () => {
    await client.query('select pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    await insertMissing(client, 'place', ['code'], reference.places);
    await insertMissing(client, 'category', ['code'], reference.categories);
    await insertMissing(client, 'skill', ['code'], reference.skills);
    await insertMissing(client, 'setting', ['key'], reference.settings);
    await insertMissing(client, 'macro', ['hub_id', 'code'], reference.macros.map(owned));
    await loadCalendars(client, reference);
    await loadPolicies(client, reference);
    await loadHubs(client, reference);
    await loadTemplate(client, reference);
    await loadTerritories(client, reference);
  });
}

/** Runs the work in one transaction as the owner of the tables. */
export async function asOwner(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local role sanad_owner');
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** A national row: it belongs to no hub. */
function owned<Row extends object>(row: Row) {
  return { id: uuid(), hub_id: null, ...row };
}

async function loadCalendars(client: ClientBase, { calendars }: Reference): Promise<void> {
  await insertMissing(
    client,
    'calendar',
    ['code'],
    calendars.map(({ definition: _, ...row }) => ({ id: uuid(), ...row })),
  );
  const ids = await idsBy(client, 'calendar', 'code');
  await insertMissing(
    client,
    'calendar_version',
    ['calendar_id'],
    calendars.map(({ code, definition }) => ({ ...firstVersion(definition), calendar_id: ids.get(code) })),
  );
}

async function loadPolicies(client: ClientBase, { policies }: Reference): Promise<void> {
  await insertMissing(
    client,
    'sla_policy',
    ['hub_id', 'code'],
    policies.map(({ code, position }) => owned({ code, position, active: true })),
  );
  const ids = await idsBy(client, 'sla_policy', 'code', 'hub_id is null');
  await insertMissing(
    client,
    'sla_policy_version',
    ['policy_id'],
    policies
      .filter(({ code }) => ids.has(code)) // its position may be taken by a policy that an administrator added
      .map(({ code, definition }) => ({ ...firstVersion(definition), policy_id: ids.get(code) })),
  );
}

function firstVersion(definition: object) {
  return { id: uuid(), version: 1, definition, published_at: new Date() };
}

async function loadHubs(client: ClientBase, { hubs }: Reference): Promise<void> {
  const calendars = await idsBy(client, 'calendar', 'code');
  await insertMissing(
    client,
    'hub',
    ['code'],
    hubs.map(({ calendar, queues: _, ...row }) => ({
      id: uuid(),
      ...row,
      calendar_id: calendars.get(calendar),
      version: 1,
    })),
  );
}

/** Queues and rules are given once to a hub that has none; from then on they are the hub's own. */
async function loadTemplate(client: ClientBase, { hubs, queues, rules }: Reference): Promise<void> {
  const ids = await idsBy(client, 'hub', 'code');
  const equipped = await knownValues(client, 'queue', 'hub_id');
  const given = hubs.filter(({ code }) => !equipped.has(ids.get(code) ?? ''));
  await insertMissing(
    client,
    'queue',
    ['hub_id', 'code'],
    given.flatMap((hub) =>
      queues
        .filter(({ code }) => hub.queues.includes(code))
        .map((queue) => ({ id: uuid(), hub_id: ids.get(hub.code), ...queue, version: 1 })),
    ),
  );
  await insertMissing(
    client,
    'routing_rule',
    ['hub_id', 'position'],
    given.flatMap((hub) =>
      rules
        .filter(({ queue_code }) => hub.queues.includes(queue_code))
        .map((rule) => ({ id: uuid(), hub_id: ids.get(hub.code), ...rule, version: 1 })),
    ),
  );
}

/** A place that has any row is governed by administrators: adding an old row back could take it from the hub they chose. */
async function loadTerritories(client: ClientBase, { territories, agreements }: Reference): Promise<void> {
  const ids = await idsBy(client, 'hub', 'code');
  await insertMissing(
    client,
    'territory',
    ['place_code'],
    territories.map(({ hub, ...row }) => ({ id: uuid(), hub_id: ids.get(hub), ...row })),
  );
  await insertMissing(
    client,
    'hub_agreement',
    ['from_hub_id', 'to_hub_id'],
    agreements.map(({ from, to, ...row }) => ({
      id: uuid(),
      from_hub_id: ids.get(from),
      to_hub_id: ids.get(to),
      ...row,
    })),
  );
}
