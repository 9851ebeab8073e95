import type { Carrier } from './carrier';
import type { Log } from './log';

export const EVENT_CHANNEL = 'sanad_event';
const QUIET_MS = 10;

/**
 * Pokes readers of the log after commit, on a connection of its own and at most every 10 ms: NOTIFY inside business
 * transactions would halve their rate. A lost poke costs at most the second until the next poll.
 */
export class EventSignal {
  private timer: NodeJS.Timeout | null = null;
  private closed = false;
  private sending = false;
  private again = false;

  constructor(
    private readonly carrier: Carrier,
    private readonly log: Log,
  ) {}

  /** Something was committed; tell the others soon. */
  readonly poke = (): void => {
    if (this.timer || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.notify();
    }, QUIET_MS);
  };

  /** Calls back on each poke of any process. Returns the way to stop. */
  subscribe(listener: () => void): Promise<() => void> {
    return this.carrier.subscribe(EVENT_CHANNEL, () => listener());
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.carrier.close();
  }

  private async notify(): Promise<void> {
    if (this.sending) return void (this.again = true);
    this.sending = true;
    try {
      await this.carrier.publish(EVENT_CHANNEL);
    } catch (error) {
      this.log.warn({ err: (error as Error).message }, 'poke failed; readers poll');
    }
    this.sending = false;
    if (this.again) this.poke();
    this.again = false;
  }
}
