import { Inject, Injectable } from '@nestjs/common';
import type { Carrier } from '@app/platform/carrier';
import { CARRIER } from '@app/platform/database.module';

/** Told the ids of hubs, separated by commas, after their live figures changed. */
export const FIGURES_CHANNEL = 'sanad_figures';
/** A payload of NOTIFY holds 8,000 bytes. */
const HUBS_PER_MESSAGE = 200;

@Injectable()
export class FiguresSignal {
  constructor(@Inject(CARRIER) private readonly carrier: Carrier) {}

  /** Outside any transaction: NOTIFY takes a lock for the whole server until commit. */
  async figuresChanged(hubIds: readonly string[]): Promise<void> {
    for (let at = 0; at < hubIds.length; at += HUBS_PER_MESSAGE) {
      await this.carrier.publish(FIGURES_CHANNEL, hubIds.slice(at, at + HUBS_PER_MESSAGE).join(','));
    }
  }
}
