/** The application's clock; replaced where time has to be led (the demonstration, tests). */
export class Clock {
  now(): Date {
    return new Date();
  }
}
