import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECTIONS } from './data-live.mjs';
import { withClient } from './data.mjs';
import { pairs } from './measure.mjs';
import { Helper, peakMemory, startProgram, stopProgram } from './processes.mjs';
import { ms, rate } from './report.mjs';

const CREATE_SECONDS = 1.5; // times the usual: one pair must outlast a checkpoint's start
const MOST_CPU_MS = 2.6; // an eighth of the leanest peer's
const LONGEST_WAIT_MS = 60_000;

const creation = ({ world }, settings, clients) => ({
  kind: 'create',
  tokens: world.members.map((one) => one.token),
  clients,
  seconds: Math.round(settings.seconds * CREATE_SECONDS),
});

/** Bar 1: creation by API against the same six rows by `pg`, with the API alone and with everything in one process. */
export async function createBars({ large, meter, report, settings, folder }) {
  const bare = new Helper('bare.mjs', [large.adminUrl]);
  const bareRun = (kind, clients) => () =>
    meter.measured(bare.pid, () =>
      bare.ask({ kind, clients, seconds: Math.round(settings.seconds * CREATE_SECONDS), world: large.world }),
    );
  const compare = async (server, what, clients, judged, ready = async () => {}) => {
    const asked = creation(large, settings, clients);
    await meter.http(server, asked);
    const { ratio, of } = await pairs(
      settings.pairs,
      () => ready().then(bareRun('b7', clients)),
      () => ready().then(() => meter.http(server, asked)),
    );
    const told = `${rate(of('b', 'rate'))} of ${rate(of('a', 'rate'))}; CPU ${ms(of('b', 'cpuOwn'))} + ${ms(of('b', 'cpuDatabase'))}`;
    const told99 = `${ms(of('b', 'p99'))} / ${ms(of('a', 'p99'))}`;
    if (judged) {
      report.atLeast(1, `create, ${what}, ${clients} clients, against B7`, told, ratio('rate'), 0.6);
      report.atMost(1, `create, ${what}, ${clients} clients: p99 against B7`, told99, ratio('p99'), 3);
    } else {
      report.tell(
        1,
        `create, ${what}, ${clients} clients, against B7`,
        `${told}; ${Math.round(ratio('rate') * 100)} %`,
      );
    }
    const toldCpu = [
      `create, ${what}, ${clients} clients: CPU, ours / B7`,
      `${ms(of('b', 'cpu'))} / ${ms(of('a', 'cpu'))}`,
    ];
    if (judged) report.add(2, ...toldCpu, '', `<= ${MOST_CPU_MS} ms`, of('b', 'cpu') <= MOST_CPU_MS);
    else report.tell(2, ...toldCpu);
  };
  await compare(large.api, 'API alone', 8, false);
  await compare(large.api, 'API alone', 32, true);
  const one = await bareRun('b1', 32)();
  report.tell(1, 'B1: the six rows in one statement, 32 clients', `${rate(one.rate)}; CPU ${ms(one.cpu)}`);
  await settle(large);
  const all = await startProgram('all', large.appUrl, folder);
  const late = await caughtUp(large);
  if (late > 0) report.tell('', 'the log was not read to its end', `${late} events behind`);
  await compare(all, 'everything in one process', 32, false, () => caughtUp(large));
  report.tell(12, 'peak memory with everything in one process', `${peakMemory(all.pid)} MiB`);
  await stopProgram(all);
  await settle(large);
}

/** Work that waits for the background must not be done while something else is measured. */
async function settle({ adminUrl }) {
  await withClient(adminUrl, (client) => client.query('update outbox set done_at = now() where done_at is null'));
  await withClient(adminUrl, (client) => client.query('vacuum analyze outbox'));
}

/** Until those that read the log have read all of it, so that what follows is normal running; returns how far they are behind. */
async function caughtUp({ adminUrl }) {
  const started = performance.now();
  return withClient(adminUrl, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        `select (select max(id) from event) - min(coalesce(p.id, 0)) as behind
         from unnest($1::text[]) name left join projection p using (name)`,
        [PROJECTIONS],
      );
      const behind = Number(rows[0].behind);
      if (behind <= 0 || performance.now() - started > LONGEST_WAIT_MS) return behind;
      await sleep(100);
    }
  });
}

/** Bar 3: replies of agents to tickets that have just been created and not been answered. */
export async function replyBar({ large, meter, report, settings }) {
  const asked = creation(large, settings, 32);
  const tokens = large.world.agents.map((one) => one.token);
  let tickets = [];
  const create = async () => {
    const result = await meter.http(large.api, asked);
    await withClient(large.adminUrl, async (client) => {
      const { rows } = await client.query(
        `select id from ticket where hub_id = $1 and status = 'new' and reference not like 'ZZ-%' and reference not like 'B7-%' order by id desc limit 30000`,
        [large.world.hubId],
      );
      tickets = rows.map((row) => row.id);
    });
    return result;
  };
  const reply = async () => meter.http(large.api, { ...asked, kind: 'reply', tickets, tokens });
  await create();
  const { ratio, of } = await pairs(settings.pairs, create, reply);
  const told = `${rate(of('b', 'rate'))} of ${rate(of('a', 'rate'))}; CPU ${ms(of('b', 'cpuOwn'))} + ${ms(of('b', 'cpuDatabase'))}`;
  report.atLeast(3, 'reply against create, 32 clients', told, ratio('rate'), 0.9);
}
