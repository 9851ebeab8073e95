import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Actor, Permission } from '@app/domain/access';

export const ALLOW = 'sanad:allow';
export const PUBLIC = 'sanad:public';

/** The permission a handler needs; every handler carries this or `@Public()`. */
export const Allow = (permission: Permission) => SetMetadata(ALLOW, permission);
/** Open to everybody, signed in or not. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Who is signed in, with the session they use. */
export interface SignedIn {
  actor: Actor;
  sessionId: string;
  membershipId: string;
  expiresAt: Date;
  /** What the database held when the session was read: the same text as long as nothing is written. */
  state: string;
}

export interface WithSession {
  signedIn?: SignedIn;
}

/** The acting person of a request. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => context.switchToHttp().getRequest<WithSession>().signedIn!.actor,
);

/** The session of a request. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedIn => context.switchToHttp().getRequest<WithSession>().signedIn!,
);

/** What the database held when the session of a request was read. */
export const CurrentState = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<WithSession>().signedIn!.state,
);
