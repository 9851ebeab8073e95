import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FIGURES_CHANNEL } from '@app/features/reports/figures-signal';
import type { Carrier } from '@app/platform/carrier';
import { CARRIER } from '@app/platform/database.module';

const EVERY_MS = 2_000;

/** Says that the figures of a hub moved: at once, then at most every 2 s. */
@Injectable()
export class FiguresListener implements OnApplicationShutdown {
  private stopped = false;
  private unsubscribe: () => void = () => undefined;
  private moved: (hubId: string) => void = () => undefined;
  /** Hubs told lately; true when they moved again meanwhile. */
  private readonly quiet = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();

  constructor(@Inject(CARRIER) private readonly carrier: Carrier) {}

  async start(moved: (hubId: string) => void): Promise<void> {
    this.moved = moved;
    this.unsubscribe = await this.carrier.subscribe(FIGURES_CHANNEL, (payload) =>
      payload.split(',').filter(Boolean).forEach(this.hear),
    );
  }

  private readonly hear = (hubId: string): void => {
    const told = this.quiet.get(hubId);
    if (told) {
      told.again = true;
      return;
    }
    this.moved(hubId);
    const timer = setTimeout(() => {
      const { again } = this.quiet.get(hubId)!;
      this.quiet.delete(hubId);
      if (again && !this.stopped) this.hear(hubId);
    }, EVERY_MS);
    this.quiet.set(hubId, { again: false, timer });
  };

  onApplicationShutdown(): void {
    this.stopped = true;
    this.unsubscribe();
    for (const { timer } of this.quiet.values()) clearTimeout(timer);
  }
}
