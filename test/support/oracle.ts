import { setTimeout as sleep } from 'node:timers/promises';
import { wordOf, type Entry } from './load';
import type { World } from './world';

export async function ask<Row>(world: World, sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await world.client.query(sql, values)).rows as Row[];
}

/** What was acknowledged and is not there, and what is there twice. */
export interface Verdict {
  lost: Entry[];
  doubled: string[];
}

/** Compares what the outside was told with what the tables hold: acknowledged is there, once; unanswered is there once or not at all. */
export async function verdict(world: World, entries: Entry[], keys: string[]): Promise<Verdict> {
  const found: Verdict = { lost: [], doubled: [] };
  const of = (what: Entry['what']): Entry[] => entries.filter((entry) => entry.what === what);
  for (const [what, table, text] of [
    ['ticket', 'ticket', 'subject'],
    ['message', 'message', 'body'],
  ] as const) {
    const rows = await ask<{ id: string; text: string }>(world, `select id, ${text} as text from ${table}`);
    const byId = new Map(rows.map((row) => [row.id, row.text]));
    found.lost.push(...of(what).filter((entry) => !byId.get(entry.id)?.endsWith(wordOf(entry.key))));
    const times = new Map<string, number>();
    for (const row of rows) times.set(row.text, (times.get(row.text) ?? 0) + 1);
    const count = (key: string): number =>
      (times.get(`Question ${wordOf(key)}`) ?? 0) + (times.get(`Réponse ${wordOf(key)}`) ?? 0);
    found.doubled.push(...keys.filter((key) => count(key) > 1));
  }
  const claims = await ask<{ claim: string }>(
    world,
    `select ticket_id || ' ' || entity_version || ' ' || (data ->> 'to') as claim from event where type = 'ticket.assigned'`,
  );
  const written = new Set(claims.map((row) => row.claim));
  found.lost.push(...of('claim').filter((entry) => !written.has(`${entry.id} ${entry.key} ${entry.by}`)));
  return found;
}

/** What is left to do, dead, or not confirmed exactly once, after at most `ms`; and how long that took. */
export async function drained(
  world: World,
  ms = 60_000,
): Promise<{ left: unknown[]; dead: unknown[]; mails: unknown[]; tookMs: number }> {
  const from = performance.now();
  const left = (): Promise<unknown[]> =>
    ask(
      world,
      `select e.type, o.consumer, o.attempts, o.last_error, o.next_try_at, o.locked_until, clock_timestamp() as now
       from outbox o join event e on e.id = o.event_id where o.done_at is null`,
    );
  while ((await left()).length > 0 && performance.now() - from < ms) await sleep(100);
  const tookMs = Math.round(performance.now() - from);
  const mails = await ask(
    world,
    `select count(m.id)::int as mails from ticket t join event e on e.ticket_id = t.id and e.type = 'ticket.created'
     left join mail_message m on m.event_id = e.id and m.template = 'received' group by t.id having count(m.id) <> 1 or count(m.sent_at) <> 1`,
  );
  return {
    left: await left(),
    dead: await ask(world, 'select event_id from outbox where dead_at is not null'),
    mails,
    tookMs,
  };
}
