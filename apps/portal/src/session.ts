import type { components } from '@app/contract/openapi';
import { ApiProblem, api, call } from '@app/ui/api';
import { recall, remember } from './device';
import { useLoad, type Loaded } from './load';

export type Me = components['schemas']['MeAnswer'];

/** Asks who is signed in only on devices where somebody signed in; null: nobody. */
export function useMe(): Loaded<{ me: Me | null }> {
  return useLoad('me', loadMe, recall<boolean>('signedIn') ? null : { me: null });
}

async function loadMe(): Promise<{ me: Me | null }> {
  if (!recall<boolean>('signedIn')) return { me: null };
  try {
    const me = await call(api.GET('/api/v1/me'));
    return { me: isAssociation(me) ? me : null };
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 401) throw problem;
    remember('signedIn', null);
    return { me: null };
  }
}

/** People of associations; the hub's people have the desk. */
export function isAssociation(me: Me): boolean {
  return me.role === 'member' || me.role === 'manager';
}

export async function signOut(): Promise<void> {
  remember('signedIn', null);
  await call(api.DELETE('/api/v1/sessions/current')).catch(() => undefined);
}
