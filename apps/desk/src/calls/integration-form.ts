import type { Provider } from '@app/domain/calls/canonical-event';
import { linesOf } from './lines';
import type { Integration } from './telephony-queries';

/** Systems that we call on, instead of being called by them. */
const LISTENED: readonly Provider[] = ['asterisk', 'freeswitch'];

export const isListened = (provider: Provider): boolean => LISTENED.includes(provider);

export interface Form {
  name: string;
  provider: Provider;
  secret: string;
  /** Ends signatures, or the password of a connector. */
  withoutSecret: boolean;
  host: string;
  port: string;
  username: string;
  trunkContexts: string;
  addresses: string;
  blocked: string;
}

const EMPTY: Form = {
  name: '',
  provider: 'zammad',
  secret: '',
  withoutSecret: false,
  host: '',
  port: '',
  username: '',
  trunkContexts: '',
  addresses: '',
  blocked: '',
};

export function formOf(integration: Integration | null): Form {
  if (!integration) return EMPTY;
  const { name, provider, host, port, username } = integration;
  return {
    ...EMPTY,
    ...{ name, provider, host: host ?? '', port: String(port ?? ''), username: username ?? '' },
    trunkContexts: integration.trunkContexts.join('\n'),
    addresses: integration.addresses.join('\n'),
    blocked: integration.blocked.join('\n'),
  };
}

/** What is sent of it: a secret that was not typed stays as it is. */
export function bodyOf({ name, provider, secret, withoutSecret, ...form }: Form) {
  return {
    name: name.trim(),
    blocked: linesOf(form.blocked),
    ...(withoutSecret ? { secret: null } : secret ? { secret } : {}),
    ...(isListened(provider)
      ? {
          host: form.host.trim() || null,
          port: form.port ? Number(form.port) : null,
          username: form.username.trim() || null,
          trunkContexts: linesOf(form.trunkContexts),
        }
      : { addresses: linesOf(form.addresses) }),
  };
}
