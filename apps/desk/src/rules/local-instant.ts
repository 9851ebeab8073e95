import { localTime, offsetOf } from '@app/ui/dates';

const MINUTE_MS = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** Day and time of day of now in the time of the hub: `2026-11-27`, `11:50`. */
export function localNow(now: number = Date.now()): { day: string; time: string } {
  const { year, month, day, hour, minute } = localTime(now);
  return { day: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}` };
}

/** The instant of a local day and time, in UTC; null while they are not whole. */
export function instantOf(day: string, time: string): string | null {
  const read = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(read)) return null;
  const at = read - offsetOf(read) * MINUTE_MS;
  return new Date(read - offsetOf(at) * MINUTE_MS).toISOString();
}
