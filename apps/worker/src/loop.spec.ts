import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '@app/platform/log';
import { Loop } from './loop';

const LOG = createLog('silent');
let loop: Loop;
afterEach(() => loop.stop());

test('runs again and again, never twice at once, however often it is woken', async () => {
  let inside = 0;
  let most = 0;
  let runs = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await sleep(5);
    inside -= 1;
    runs += 1;
  };
  loop = new Loop('test', 10, work, LOG);
  loop.start();
  for (let i = 0; i < 100; i++) {
    loop.wake();
    await sleep(2);
  }
  expect(most).toBe(1);
  expect(runs).toBeGreaterThan(1);
});

test('a wake during a run is answered by one more run soon', async () => {
  let runs = 0;
  loop = new Loop('test', 60_000, async () => void (await sleep(20), (runs += 1)), LOG);
  loop.start();
  loop.wake();
  await sleep(60);
  expect(runs).toBe(0);
  loop.wake();
  loop.wake();
  await sleep(250);
  expect(runs).toBe(2);
});

test('goes on after a failure, each time later, and at full pace after a success', async () => {
  const at: number[] = [];
  const work = async (): Promise<void> => {
    at.push(performance.now());
    if (at.length <= 3) throw new Error('refused');
  };
  loop = new Loop('test', 20, work, LOG);
  loop.start();
  await sleep(600);
  const gaps = at.slice(1).map((time, i) => time - at[i]);
  expect(gaps[0]).toBeGreaterThanOrEqual(38);
  expect(gaps[1]).toBeGreaterThanOrEqual(78);
  expect(gaps[2]).toBeGreaterThanOrEqual(158);
  expect(gaps[3]).toBeLessThan(75);
});

test('stop waits for the run under way and allows no other', async () => {
  let ended = 0;
  loop = new Loop('test', 1, async () => void (await sleep(30), (ended += 1)), LOG);
  loop.start();
  await sleep(10);
  await loop.stop();
  expect(ended).toBe(1);
  loop.wake();
  await sleep(50);
  expect(ended).toBe(1);
});
