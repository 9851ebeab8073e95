import type { Log } from '@app/platform/log';

const LONGEST_BACKOFF_MS = 30_000;
/** Pokes come up to a hundred times a second; one run answers many. */
const WAKE_MS = 50;

/** Work done again and again: never twice at once, later after failures, and finished before `stop` is. */
export class Loop {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private woken = false;
  private stopped = false;
  private failures = 0;

  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.wait(this.everyMs);
  }

  /** Asks for a run soon, or soon after the one under way. Failures keep their delay. */
  readonly wake = (): void => {
    if (this.stopped || this.woken || this.failures > 0) return;
    this.woken = true;
    if (!this.running) this.wait(WAKE_MS);
  };

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private wait(ms: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), ms);
  }

  private run(): void {
    this.woken = false;
    this.running = this.once().finally(() => {
      this.running = null;
      if (this.stopped) return;
      const pause = Math.min(this.everyMs * 2 ** this.failures, LONGEST_BACKOFF_MS);
      this.wait(this.woken && this.failures === 0 ? WAKE_MS : pause);
      if (this.failures > 0) this.woken = false;
    });
  }

  private async once(): Promise<void> {
    try {
      await this.work();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.log.error({ loop: this.name, failures: this.failures, err: (error as Error).message }, 'loop failed');
    }
  }
}
