import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithRedis } from '../support/redis';
import { promises, quantile, Rig } from './rig';
import { hold } from './table';

describeWithRedis('Redis fails', () => {
  const seconds = Number(process.env.FAULT_SECONDS ?? 20);
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open({ redis: true });
  }, 120_000);
  afterAll(() => rig?.close());
  afterEach(() => Promise.all(rig.fleet.processes.splice(0).map((one) => one.kill())));

  test('F6: killed, and all its data gone', async () => {
    const api = await rig.fleet.start('api');
    await rig.fleet.start('worker');
    const run = rig.load(api.url);
    await sleep(3_000);
    await rig.redis!.kill();
    rig.redis!.wipe();
    await rig.redis!.run();
    await sleep(2_000);
    const judged = await run.judge(150_000);
    hold('F6', 'Redis killed and its data wiped', {
      ...promises(judged),
      'all done after ms:': [judged.drainMs, 120_000],
    });
  }, 600_000);

  test('F7: away for a while', async () => {
    const api = await rig.fleet.start('api');
    const worker = await rig.fleet.start('worker');
    const realtime = await rig.fleet.start('realtime');
    const run = rig.load(api.url);
    await sleep(seconds * 500);
    const cut = Date.now();
    await rig.redis!.kill();
    await sleep(seconds * 1_000);
    const back = Date.now();
    await rig.redis!.run();
    const judged = await run.judge(150_000);
    const p95 = (some: readonly { ms: number }[]): number =>
      quantile(
        some.map((one) => one.ms),
        0.95,
      );
    const times = run.load.times;
    const away = times.filter((one) => one.at > cut && one.at < back);
    const bad = away.filter((one) => one.status >= 500).length;
    hold('F7', `Redis away for ${seconds} s`, {
      ...promises(judged),
      'requests that failed in %:': [((bad + judged.unanswered) * 100) / away.length, 0.1],
      'p95 against before:': [p95(away) / Math.max(p95(times.filter((one) => one.at <= cut)), 1), 1.5],
      'all done after ms:': [judged.drainMs, 120_000],
      'processes that ended:': [[api, worker, realtime].filter((one) => !one.running).length, 0],
    });
  }, 600_000);

  test('F8: its memory is full', async () => {
    const api = await rig.fleet.start('api');
    const worker = await rig.fleet.start('worker');
    const realtime = await rig.fleet.start('realtime');
    const run = rig.load(api.url);
    await sleep(1_000);
    await rig.redis!.ask('config', 'set', 'maxmemory', '1mb');
    await sleep(seconds * 500);
    await rig.redis!.ask('config', 'set', 'maxmemory', '0');
    const judged = await run.judge(150_000);
    hold('F8', 'Redis takes nothing more', {
      ...promises(judged),
      'requests that failed:': [judged.unanswered + judged.busy, 0],
      'all done after ms:': [judged.drainMs, 120_000],
      'processes that ended:': [[api, worker, realtime].filter((one) => !one.running).length, 0],
    });
  }, 600_000);
});
