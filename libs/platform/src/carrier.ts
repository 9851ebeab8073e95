/** Carries short messages to the other processes, outside any transaction; what is lost is healed by polling. */
export interface Carrier {
  publish(channel: string, payload?: string): Promise<void>;
  /** Calls back on each message of any process, this one's own as well. Returns the way to stop. */
  subscribe(channel: string, listener: (payload: string) => void): Promise<() => void>;
  close(): Promise<void>;
}

/** Who listens to what in this process. */
export class Listeners {
  private readonly of = new Map<string, Set<(payload: string) => void>>();

  add(channel: string, listener: (payload: string) => void): () => void {
    const all = this.of.get(channel) ?? new Set();
    this.of.set(channel, all.add(listener));
    return () => all.delete(listener);
  }

  tell(channel: string, payload: string): void {
    this.of.get(channel)?.forEach((listener) => listener(payload));
  }

  get channels(): string[] {
    return [...this.of.keys()];
  }
}
