import { parsePhone } from '../phone';
import type { CanonicalEvent } from './canonical-event';

const WITHHELD = /^(anonymous|unknown|restricted|unavailable|private|withheld|asserted)$/i;

export interface CallParties {
  fromRaw: string;
  fromE164: string | null;
  toRaw: string;
  toE164: string | null;
  diversion: string | null;
}

/** Who called whom; who calls stays who began, whatever is transferred. */
export function partiesOf(events: readonly CanonicalEvent[]): CallParties {
  const own = events.filter((event) => event.callId === event.rootId);
  const told = own.length > 0 ? own : events;
  const from = firstOf(told, (event) => event.from) ?? firstOf(events, (event) => event.from) ?? '';
  const to = firstOf(told, (event) => event.to) ?? firstOf(events, (event) => event.to) ?? '';
  const diversion = firstOf(told, (event) => event.diversion ?? null);
  return { fromRaw: from, fromE164: numberOf(from), toRaw: to, toE164: numberOf(to), diversion };
}

/** E.164 of a number as telephone systems write it; digits with a country code often come without their plus. */
export function numberOf(raw: string): string | null {
  const text = raw.trim();
  if (text === '' || WITHHELD.test(text)) return null;
  if (/^\d{1,6}$/.test(text)) return null;
  const plain = parsePhone(text);
  if (plain) return plain;
  return /^[1-9]\d{9,14}$/.test(text) ? parsePhone(`+${text}`) : null;
}

/** The first thing that any of the events says. */
export function firstOf<T>(events: readonly CanonicalEvent[], read: (event: CanonicalEvent) => T | null): T | null {
  for (const event of events) {
    const value = read(event);
    if (value !== null && value !== '') return value;
  }
  return null;
}
