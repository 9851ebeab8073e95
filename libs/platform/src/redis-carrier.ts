import { Listeners, type Carrier } from './carrier';
import type { Log } from './log';
import { closeRedis, connectRedis, type RedisClient } from './redis';

/** PUBLISH and SUBSCRIBE on two connections, opened when they are first needed; ioredis comes back and subscribes again by itself. */
export class RedisCarrier implements Carrier {
  private publisher: RedisClient | null = null;
  private subscriber: RedisClient | null = null;
  private readonly listeners = new Listeners();

  constructor(
    private readonly url: string,
    private readonly prefix: string,
    private readonly log: Log,
  ) {}

  /** Rejects at once while Redis is away. */
  async publish(channel: string, payload = ''): Promise<void> {
    if (!this.publisher) {
      this.publisher = this.open({ enableOfflineQueue: false });
      await ready(this.publisher);
    }
    await this.publisher.publish(this.prefix + channel, payload);
  }

  async subscribe(channel: string, listener: (payload: string) => void): Promise<() => void> {
    const stop = this.listeners.add(channel, listener);
    if (!this.subscriber) {
      this.subscriber = this.open({ maxRetriesPerRequest: null });
      this.subscriber.on('message', (name: string, payload: string) =>
        this.listeners.tell(name.slice(this.prefix.length), payload),
      );
    }
    await this.subscriber.subscribe(this.prefix + channel);
    return stop;
  }

  async close(): Promise<void> {
    await Promise.all([this.publisher, this.subscriber].map((client) => client && closeRedis(client)));
  }

  private open(options: Parameters<typeof connectRedis>[1]): RedisClient {
    const client = connectRedis(this.url, { connectionName: 'sanad-signal', ...options });
    client.on('error', (error: Error) => this.log.warn({ err: error.message }, 'signal lost; readers poll'));
    return client;
  }
}

/** Until the first connection stands, or fails. */
function ready(client: RedisClient): Promise<void> {
  return new Promise((resolve) => {
    client.once('ready', () => resolve());
    client.once('error', () => resolve());
  });
}
