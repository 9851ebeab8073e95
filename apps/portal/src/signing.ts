import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { screenLocale } from '@app/ui/i18n';
import { remember } from './device';
import { rememberNames } from './own';

type Session = components['schemas']['SessionAnswer'];
export type CodeAsked = components['schemas']['CodeAsked'];

export function askCode(email: string): Promise<CodeAsked> {
  const language = screenLocale() === 'ar' ? 'ar' : 'fr';
  return call(api.POST('/api/v1/sessions/codes', { body: { email, language } }));
}

export async function signInWithCode(email: string, code: string): Promise<Session> {
  return kept(
    await call(api.POST('/api/v1/sessions', { body: { email, code: code.replace(/\D/g, '') || code } })),
    email,
  );
}

export async function signInWithPassword(email: string, password: string): Promise<Session> {
  return kept(await call(api.POST('/api/v1/sessions', { body: { email, password } })), email);
}

export async function signInWithLink(token: string): Promise<Session> {
  return kept(await call(api.POST('/api/v1/sessions/links', { body: { token } })));
}

function kept(session: Session, email?: string): Session {
  remember('signedIn', true);
  if (email) rememberNames({ email });
  return session;
}

/** Associations go on here, the hub's people at their desk. */
export function isForPortal({ membership }: Session): boolean {
  return membership.role === 'member' || membership.role === 'manager';
}
