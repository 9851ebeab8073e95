import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '@app/platform/session-reader';

type CookieReply = FastifyReply & { setCookie(name: string, value: string, options: object): void };

/** The session for browsers: out of the reach of scripts, and of other sites. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { token: string; expiresAt: Date },
): void {
  (reply as CookieReply).setCookie(SESSION_COOKIE, session.token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    path: '/',
    expires: session.expiresAt,
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  (reply as CookieReply).setCookie(SESSION_COOKIE, '', { path: '/', expires: new Date(0) });
}
