import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetProcess } from '../support/fleet';
import { ask } from '../support/oracle';
import { promises, quantile, Rig, timed } from './rig';
import { Swarm } from './swarm';
import { hold, random, ROUNDS } from './table';
import { TcpProxy } from './tcp-proxy';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
}, 120_000);
afterAll(() => rig?.close());

const killAll = (some: readonly FleetProcess[]): Promise<unknown> => Promise.all(some.map((one) => one.kill()));

test('F1: the api is killed at any moment', async () => {
  const worker = await rig.fleet.start('worker');
  let api = await rig.fleet.start('api');
  const run = rig.load(api.url);
  const restarts: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await sleep(500 + random() * 4_500);
    run.load.url = null;
    await api.kill();
    const from = performance.now();
    api = await rig.fleet.start('api');
    restarts.push(performance.now() - from);
    run.load.url = api.url;
  }
  await sleep(1_000);
  const judged = await run.judge();
  await killAll([api, worker]);
  hold('F1', `kill -9 of the api, ${ROUNDS} times`, {
    ...promises(judged),
    'restart in ms, slowest:': [Math.round(Math.max(...restarts)), 5_000],
  });
}, 600_000);

test('F2: workers are killed at any moment', async () => {
  const api = await rig.fleet.start('api');
  let worker = await rig.fleet.start('worker');
  const run = rig.load(api.url);
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    await sleep(300 + random() * 1_500);
    await worker.kill();
    worker = await rig.fleet.start('worker');
  }
  const judged = await run.judge(120_000);
  await killAll([api, worker]);
  hold('F2', `kill -9 of the worker, ${2 * ROUNDS} times`, {
    ...promises(judged),
    // A job in the hands of the killed waits for its lease of 60 s.
    'outbox empty after ms:': [judged.drainMs, 90_000],
  });
}, 600_000);

test('F3, F19: thousands of sockets lose their server, and all come at once', async () => {
  const sockets = Number(process.env.FAULT_SOCKETS ?? 2_000);
  const api = await rig.fleet.start('api');
  const worker = await rig.fleet.start('worker');
  let realtime = await rig.fleet.start('realtime');
  const proxy = await TcpProxy.start(() => [realtime.port]);
  const people = await Promise.all(
    Array.from({ length: Math.ceil(sockets / 18) }, () => rig.world.staff('FM', 'agent')),
  );
  const swarm = await Swarm.start(
    `http://127.0.0.1:${proxy.port}`,
    people.map((one) => one.token),
    sockets,
  );
  const together = await timed(async () => (await swarm.count()).ready === sockets, 60_000);
  const memory = await rss(realtime);
  const run = rig.load(api.url, { users: 5 });
  await sleep(3_000);
  const calm = quantile(
    run.load.times.map((one) => one.ms),
    0.95,
  );
  const from = Date.now();
  await realtime.kill();
  realtime = await rig.fleet.start('realtime', { port: realtime.port });
  const back = await timed(async () => (await swarm.count()).ready === sockets, 60_000);
  const during = quantile(
    run.load.times.filter((one) => one.at > from).map((one) => one.ms),
    0.95,
  );
  const judged = await run.judge();
  // What everybody of the hub hears last, everybody has heard.
  const converged = await timed(async () => (await swarm.count()).behind === 0, 30_000);
  await swarm.stop();
  proxy.stop();
  await killAll([api, worker, realtime]);
  hold('F3', `kill -9 of realtime under ${sockets} sockets`, {
    ...promises(judged),
    'all back after ms:': [back, 30_000],
    'all know the newest after ms:': [converged, 10_000],
    'p95 of the api against calm:': [during / Math.max(calm, 1), 2],
  });
  hold('F19', `${sockets} sockets come at once`, {
    'all ready after ms:': [together, 30_000],
    'memory of the process in MiB:': [memory, 400],
  });
}, 600_000);

test('F24: SIGTERM under load, three processes one after the other', async () => {
  const env = { SANAD_DRAIN: '5' };
  const fleet = [
    await rig.fleet.start('api', { env }),
    await rig.fleet.start('api', { env }),
    await rig.fleet.start('api', { env }),
  ];
  const worker = await rig.fleet.start('worker');
  const ready = new Set(fleet.map((one) => one.port));
  const proxy = await TcpProxy.start(() => [...ready]);
  const watch = setInterval(() => {
    for (const one of fleet)
      void one.status('ready').then((status) => (status === 200 ? ready.add(one.port) : ready.delete(one.port)));
  }, 500);
  const run = rig.load(`http://127.0.0.1:${proxy.port}`, { insistent: false });
  for (let index = 0; index < fleet.length; index += 1) {
    await sleep(1_000);
    expect(await fleet[index].stop()).toBe(0);
    fleet[index] = await rig.fleet.start('api', { env, port: fleet[index].port });
    await timed(async () => ready.has(fleet[index].port), 20_000);
  }
  const judged = await run.judge();
  clearInterval(watch);
  proxy.stop();
  await killAll([...fleet, worker]);
  hold('F24', 'rolling restart of three processes', {
    ...promises(judged),
    'requests that failed:': [judged.unanswered + judged.busy, 0],
  });
}, 600_000);

test('F27: a process stands still for 3 s', async () => {
  const [slow, other] = [await rig.fleet.start('api'), await rig.fleet.start('api')];
  const workers = [await rig.fleet.start('worker'), await rig.fleet.start('worker')];
  const run = rig.load(other.url);
  await sleep(1_000);
  for (const one of [slow, workers[0]]) one.child.kill('SIGSTOP');
  const silent = await Promise.race([slow.status('live'), sleep(1_000).then(() => 'silent')]);
  await sleep(2_000);
  for (const one of [slow, workers[0]]) one.child.kill('SIGCONT');
  const again = await timed(async () => (await slow.status('ready')) === 200, 20_000);
  const judged = await run.judge();
  await killAll([slow, other, ...workers]);
  hold('F27', 'an api and a worker stand still for 3 s', {
    ...promises(judged),
    'live though it stood:': [silent === 'silent' ? 0 : 1, 0],
    'ready again after ms:': [again, 5_000],
    'requests that failed elsewhere:': [judged.unanswered, 0],
  });
}, 600_000);

async function rss({ url }: FleetProcess): Promise<number> {
  const text = await (await fetch(`${url}/api/metrics`)).text();
  return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)![1]) / 1024 / 1024);
}

test('F20: sockets that never read', async () => {
  const api = await rig.fleet.start('api');
  const worker = await rig.fleet.start('worker');
  const realtime = await rig.fleet.start('realtime');
  const people = await Promise.all(Array.from({ length: 6 }, () => rig.world.staff('FM', 'agent')));
  const before = await rss(realtime);
  const swarm = await Swarm.start(
    realtime.url,
    people.map((one) => one.token),
    100,
  );
  await timed(async () => (await swarm.count()).ready === 100, 30_000);
  await swarm.deaf();
  const run = rig.load(api.url);
  const closed = await timed(
    async () =>
      /sanad_sockets 0\n|^nodejs_active_resources\{type="TCPSocketWrap"\} \d\n/m.test(await metricsOf(realtime)),
    75_000,
  ).catch(() => 99_999);
  const grown = (await rss(realtime)) - before;
  const judged = await run.judge();
  await swarm.stop();
  await killAll([api, worker, realtime]);
  expect(await ask(rig.world, 'select 1')).toHaveLength(1);
  hold('F20', '100 sockets that never read', {
    ...promises(judged),
    'closed after ms:': [closed, 60_000],
    'memory grown in MiB:': [grown, 100],
  });
}, 600_000);

async function metricsOf({ url }: FleetProcess): Promise<string> {
  return (await fetch(`${url}/api/metrics`)).text();
}
