import { withClient } from './data.mjs';
import { median, pairs } from './measure.mjs';
import { Helper } from './processes.mjs';
import { ms, rate } from './report.mjs';

const PAGE = 25;
const tokensOf = (people) => people.map((one) => one.token);

function page({ world }, path) {
  return { kind: 'get', paths: [path], tokens: tokensOf(world.agents), has: '"items":[{"id":"', items: PAGE };
}

const firstPage = ({ world }) => `/api/v1/tickets?queueId=${world.queueId}&open=true&limit=${PAGE}`;

/** The address of the fortieth page, walked to by one agent: a cursor belongs to who asked for it. */
async function fortiethPage({ api, world }) {
  const headers = { authorization: `Bearer ${world.agents[0].token}` };
  let cursor = '';
  for (let i = 1; i < 40; i++) {
    const answer = await (await fetch(api.url + firstPage({ world }) + cursor, { headers })).json();
    cursor = `&cursor=${answer.nextCursor}`;
  }
  return firstPage({ world }) + cursor;
}

/** Bar 4. */
export async function listBar({ large, meter, report, settings }) {
  const helper = new Helper('hello.mjs');
  const hello = { ...(await helper.ask({})), pid: helper.pid };
  meter.hello = hello.pid;
  for (const clients of [8, 32]) {
    const run = { clients, seconds: settings.seconds };
    await meter.http(large.api, { ...page(large, firstPage(large)), ...run });
    const { ratio, of } = await pairs(
      settings.pairs,
      () => meter.http(hello, { kind: 'hello', ...run }),
      () => meter.http(large.api, { ...page(large, firstPage(large)), ...run }),
    );
    const told = `${rate(of('b', 'rate'))} of ${rate(of('a', 'rate'))}; CPU ${ms(of('b', 'cpuOwn'))} + ${ms(of('b', 'cpuDatabase'))}`;
    report.atLeast(4, `list of 25 of 100k against bare hello, ${clients} clients`, told, ratio('rate'), 0.15);
  }
  const run = { clients: 32, seconds: settings.seconds };
  const busy = await whileWritten(large, () => meter.http(large.api, { ...page(large, firstPage(large)), ...run }));
  const told = `${rate(busy.rate)}; CPU ${ms(busy.cpuOwn)} + ${ms(busy.cpuDatabase)}`;
  report.tell(4, 'the same, 32 clients, while 50 transactions a second write', told);
}

/** Pages are given again as long as nothing is written: this is what they cost when that is never long. */
async function whileWritten({ adminUrl }, measure) {
  return withClient(adminUrl, async (client) => {
    const timer = setInterval(() => void client.query('select pg_current_xact_id()'), 20);
    return measure().finally(() => clearInterval(timer));
  });
}

/** Bar 5. */
export async function flatBars({ small, large, meter, report, settings }) {
  for (const [name, where] of [
    ['first page', firstPage],
    ['page 40', fortiethPage],
  ]) {
    const run = async (database) => {
      const path = await where(database);
      const asked = { ...page(database, path), clients: 8, seconds: settings.seconds };
      if (where === fortiethPage) asked.tokens = [database.world.agents[0].token];
      return () => meter.http(database.api, asked);
    };
    const { ratio, of } = await pairs(settings.pairs, await run(small), await run(large));
    report.atMost(
      5,
      `list, ${name}: p50 at 100k against 10k`,
      `${ms(of('b', 'p50'))} / ${ms(of('a', 'p50'))}`,
      ratio('p50'),
      1.5,
    );
    report.atMost(
      5,
      `list, ${name}: CPU at 100k against 10k`,
      `${ms(of('b', 'cpu'))} / ${ms(of('a', 'cpu'))}`,
      ratio('cpu'),
      1.5,
    );
  }
}

/** Bar 8, for information: the same number of hits at both sizes. */
export async function searchBars({ small, large, meter, report, settings }) {
  for (const [name, q] of [
    ['10 hits', 'raredix'],
    ['100 hits', 'rarecent'],
    ['1,000 hits', 'raremille'],
    ['two words', 'mot400 rarecent'],
  ]) {
    const path = `/api/v1/tickets?q=${encodeURIComponent(q)}&limit=${PAGE}`;
    const run = (database) => () =>
      meter.http(database.api, {
        ...page(database, path),
        has: '"items":[',
        items: undefined,
        clients: 8,
        seconds: Math.min(settings.seconds, 1.5),
      });
    const { ratio, of } = await pairs(3, run(small), run(large));
    report.atMost(
      8,
      `search, ${name}: p50 at 100k against 10k`,
      `${ms(of('b', 'p50'))} / ${ms(of('a', 'p50'))}; ${rate(of('b', 'rate'))}`,
      ratio('p50'),
      2,
    );
  }
}

/** Bar 7: ticket, messages and events count as one opening. */
export async function openBar({ large, meter, report, settings }) {
  const { historyTickets: ids, agents } = large.world;
  const tokens = tokensOf(agents);
  let total = 0;
  let slowest = 0;
  for (const [name, tail, has] of [
    ['ticket', '', '"promise":{'],
    ['messages', '/messages', '"authorKind":"requester"'],
    ['events', '/events', '"type":"ticket.created"'],
  ]) {
    const paths = ids.map((id) => `/api/v1/tickets/${id}${tail}`);
    const asked = { kind: 'get', paths, tokens, has, clients: 8, seconds: settings.seconds };
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push(await meter.http(large.api, asked));
    const of = (field) => median(runs.map((one) => one[field]));
    total += of('cpu');
    slowest += 1 / of('rate');
    report.tell(7, `open: ${name}`, `${rate(of('rate'))}; CPU ${ms(of('cpuOwn'))} + ${ms(of('cpuDatabase'))}`);
  }
  report.add(
    7,
    'open one ticket with history: CPU of the three together',
    `${ms(total)}; ${rate(1 / slowest)}`,
    '',
    '<= 3 ms',
    total <= 3,
  );
}
