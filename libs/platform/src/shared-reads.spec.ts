import { setTimeout as sleep } from 'node:timers/promises';
import { serialize, shared, SharedReads } from './shared-reads';

/** A read whose runs end when told, each with its number. */
function slowRead() {
  const begun: ((value?: unknown) => void)[] = [];
  const run = async (): Promise<number> => {
    const number = begun.length + 1;
    await new Promise((resolve) => begun.push(resolve));
    return number;
  };
  return { begun, run };
}

describe('equal reads that arrive together', () => {
  it('share one run when they ask before it begins', async () => {
    const reads = new SharedReads<number>();
    const { begun, run } = slowRead();
    const answers = Promise.all([reads.read('a', run), reads.read('a', run)]);
    await sleep(5);
    expect(begun).toHaveLength(1);
    begun[0]();
    await expect(answers).resolves.toEqual([1, 1]);
  });

  it('never answer from a run that began earlier', async () => {
    const reads = new SharedReads<number>();
    const { begun, run } = slowRead();
    const first = reads.read('a', run);
    await sleep(5);
    const late = [reads.read('a', run), reads.read('a', run)];
    await sleep(5);
    expect(begun).toHaveLength(1);
    begun[0]();
    await expect(first).resolves.toBe(1);
    await sleep(5);
    expect(begun).toHaveLength(2);
    begun[1]();
    await expect(Promise.all(late)).resolves.toEqual([2, 2]);
  });

  it('do not wait for ever for a run that does not end', async () => {
    const reads = new SharedReads<number>();
    const { begun, run } = slowRead();
    const stuck = reads.read('a', run);
    await sleep(5);
    const late = reads.read('a', run);
    while (begun.length < 2) await sleep(10);
    begun[1]();
    await expect(late).resolves.toBe(2);
    begun[0]();
    await expect(stuck).resolves.toBe(1);
  });

  it('are given again as long as nothing is written', async () => {
    const reads = new SharedReads<number>();
    let runs = 0;
    const run = (): Promise<number> => Promise.resolve((runs += 1));
    const asked = ['1:1:', '1:1:', '1:2:', undefined, '1:2:'];
    const answers = [];
    for (const state of asked) answers.push(await reads.read('a', run, state));
    expect(answers).toEqual([1, 1, 2, 3, 2]);
  });

  it('run side by side when they differ, and after a failure', async () => {
    const reads = new SharedReads<number>();
    const failing = (): Promise<number> => Promise.reject(new Error('gone'));
    const [failed, other] = await Promise.allSettled([reads.read('a', failing), reads.read('b', async () => 2)]);
    expect([failed.status, other.status]).toEqual(['rejected', 'fulfilled']);
    await expect(reads.read('a', async () => 3)).resolves.toBe(3);
  });
});

describe('the body of an answer', () => {
  it('is written once when shared, and is the same text otherwise', () => {
    const answer = shared({ name: 'جمعية' });
    expect(serialize(answer)).toBe(serialize(answer));
    expect(serialize(answer).toString()).toBe(serialize({ ...answer }));
  });
});
