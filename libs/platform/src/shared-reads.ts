import { setImmediate, setTimeout } from 'node:timers/promises';

/** A run that takes longer is not waited for: when the database is silent, its failure must not be the beginning of another wait. */
const PATIENCE_MS = 500;
/** So many results are kept at once. */
const MAX_KEPT = 50;

/**
 * Equal reads that arrive together share one run: a change pokes every screen of a hub at once, and all ask for the same page. Nobody
 * is answered from a run that began before he asked, unless nothing was written since: `state` names what the database held when he asked.
 */
export class SharedReads<T> {
  private readonly waiting = new Map<string, Promise<T>>();
  private readonly running = new Map<string, Promise<unknown>>();
  private readonly kept = new Map<string, { state: string; result: Promise<T> }>();

  read(key: string, run: () => Promise<T>, state?: string): Promise<T> {
    const kept = this.kept.get(key);
    if (kept && kept.state === state) return kept.result;
    let next = this.waiting.get(key);
    if (!next) {
      next = this.turn(key).then(() => this.begin(key, run, state));
      this.waiting.set(key, next);
    }
    return next;
  }

  private turn(key: string): Promise<unknown> {
    const running = this.running.get(key);
    if (!running) return setImmediate();
    const patience = new AbortController();
    const { signal } = patience;
    const late = setTimeout(PATIENCE_MS, undefined, { signal }).catch(noop);
    return Promise.race([running, late]).finally(() => patience.abort());
  }

  private begin(key: string, run: () => Promise<T>, state: string | undefined): Promise<T> {
    this.waiting.delete(key);
    const result = run();
    const over: Promise<unknown> = result
      .then(() => this.keep(key, state, result), noop)
      .then(() => this.running.get(key) === over && this.running.delete(key));
    this.running.set(key, over);
    return result;
  }

  private keep(key: string, state: string | undefined, result: Promise<T>): void {
    if (state === undefined) return;
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(key, { state, result });
  }
}

const noop = (): void => undefined;

const bodies = new WeakMap<object, Buffer | null>();

/** Marks an answer that several requests give: its body is written once. It must not be changed any more. */
export function shared<T extends object>(answer: T): T {
  bodies.set(answer, null);
  return answer;
}

/** The body of an answer, as bytes. */
export function serialize(answer: unknown): string | Buffer {
  if (typeof answer !== 'object' || answer === null || !bodies.has(answer)) return JSON.stringify(answer);
  const body = bodies.get(answer) ?? Buffer.from(JSON.stringify(answer));
  bodies.set(answer, body);
  return body;
}
