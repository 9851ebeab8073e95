import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { holds, type Permission } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { ALLOW, PUBLIC, type WithSession } from './access';
import { SESSION_COOKIE, SessionReader } from './session-reader';

type Request = FastifyRequest & WithSession & { cookies?: Record<string, string | undefined> };

/** Deny by default: a handler without a permission mark is refused to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionReader,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets authenticate in their handshake.
    if (context.getType() !== 'http') return true;
    const marks = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, marks)) return true;
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(ALLOW, marks);
    const request = context.switchToHttp().getRequest<Request>();
    const token = tokenOf(request);
    if (token === null) throw new Refusal('unauthorized', 'Sign in first.');
    const signedIn = await this.sessions.find(token);
    if (!signedIn) throw new Refusal('invalid_token', 'The session is unknown or has ended.');
    if (!permission || !holds(signedIn.actor, permission))
      throw new Refusal('forbidden', 'Your role does not allow this.');
    request.signedIn = signedIn;
    return true;
  }
}

/** Bearer header first, else the cookie; null when there is neither. */
export function tokenOf(request: Pick<Request, 'headers' | 'cookies'>): string | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) return authorization.startsWith('Bearer ') ? authorization.slice(7) : '';
  return request.cookies?.[SESSION_COOKIE] ?? null;
}
