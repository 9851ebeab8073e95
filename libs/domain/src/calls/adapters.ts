import type { Adapter } from './adapter';
import { JAMBONZ } from './adapter-jambonz';
import { PLACETEL } from './adapter-placetel';
import { SIPGATE } from './adapter-sipgate';
import { TWILIO } from './adapter-twilio';
import { ZAMMAD } from './adapter-zammad';
import type { Provider } from './canonical-event';

/** Systems that call us; Asterisk and FreeSWITCH are called by a connector, which hands in canonical events. */
export const WEBHOOK_PROVIDERS = ['zammad', 'sipgate', 'placetel', 'twilio', 'jambonz'] as const;
export type WebhookProvider = (typeof WEBHOOK_PROVIDERS)[number];

const ADAPTERS: Record<WebhookProvider, Adapter> = {
  zammad: ZAMMAD,
  sipgate: SIPGATE,
  placetel: PLACETEL,
  twilio: TWILIO,
  jambonz: JAMBONZ,
};

/** The adapter of a system that calls us; null for one that a connector listens to. */
export function adapterOf(provider: Provider): Adapter | null {
  return (ADAPTERS as Partial<Record<Provider, Adapter>>)[provider] ?? null;
}
