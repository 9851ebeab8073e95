import { median, pairs } from './measure.mjs';
import { cpuSeconds, Helper, startProgram, stopProgram } from './processes.mjs';
import { ms } from './report.mjs';

const PUSH_EVERY_S = 2;

/** Bar 6: the agent's page is the list beside the live figures of the hub; its cost against that of the list alone. */
export async function countersBar({ large, meter, report, settings }) {
  const { world } = large;
  const list = `/api/v1/tickets?queueId=${world.queueId}&open=true&limit=25`;
  const asked = (paths) => ({
    kind: 'get',
    paths,
    tokens: world.agents.map((one) => one.token),
    has: '":',
    clients: 8,
    seconds: settings.seconds,
  });
  const live = `/api/v1/hubs/${world.hubId}/live`;
  await meter.http(large.api, asked([list, live]));
  const { rows, of } = await pairs(
    settings.pairs,
    () => meter.http(large.api, asked([list])),
    () => meter.http(large.api, asked([list, live])),
  );
  const ratio = median(rows.map(({ a, b }) => (2 * b.cpu) / a.cpu));
  const told = `${ms(2 * of('b', 'cpu'))} CPU a page, the list ${ms(of('a', 'cpu'))}`;
  report.atMost(6, 'agent page with counters against the list alone, 100k', told, ratio, 2);
}

/** The dispatcher: a rush, and one item at a time. */
export async function dispatchBars({ small, report, settings, folder, meter }) {
  const helper = new Helper('work.mjs', [small.adminUrl, small.appUrl]);
  const rush = [];
  for (let n = 0; n < settings.pairs; n++) rush.push(await helper.ask({ kind: 'dispatch', waiting: 1000, people: 50 }));
  const short = rush.filter((one) => one.made !== 1000);
  if (short.length > 0) meter.failures.push(`${short.length} rushes left work without an offer`);
  const time = median(rush.map((one) => one.ms));
  report.add('', 'dispatch of 1,000 waiting items to 50 agents', ms(time), '', '<= 1 s', time <= 1000);
  const program = await startProgram('all', small.appUrl, folder);
  const { waits } = await helper.ask({ kind: 'single', times: 10 * settings.pairs });
  await stopProgram(program);
  const worst = Math.max(...waits);
  report.add(
    '',
    'a free agent has an offer after',
    `${ms(median(waits))}, at most ${ms(worst)}`,
    '',
    '<= 1 s',
    worst <= 1000,
  );
}

/** What walls of 12 hubs with 300 agents each cost the database when all of them are pushed as often as they may. */
export async function wallBar({ large, report, meter, settings }) {
  const helper = new Helper('work.mjs', [large.adminUrl, large.appUrl]);
  const { hubs } = await helper.ask({ kind: 'people', each: 300 });
  await helper.ask({ kind: 'walls', hubs, times: 2 });
  const times = 2 * settings.pairs;
  const before = cpuSeconds(meter.postmaster, true);
  const { ms: took, agentsSeen } = await helper.ask({ kind: 'walls', hubs, times });
  const share = (cpuSeconds(meter.postmaster, true) - before) / times / PUSH_EVERY_S;
  if (agentsSeen !== 3600) meter.failures.push(`the wall shows ${agentsSeen} agents of 3,600`);
  const told = `${(share * 100).toFixed(2)} % of a core, ${ms(took)} a push`;
  report.add('', 'walls of 12 hubs with 300 agents each, every 2 s', told, '', '< 5 %', share < 0.05);
}
