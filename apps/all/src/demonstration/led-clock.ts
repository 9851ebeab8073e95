import { Clock } from '@app/platform/clock';

/** A clock that stands still until it is moved. */
export class LedClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  moveTo(instant: Date): void {
    this.instant = instant;
  }
}
