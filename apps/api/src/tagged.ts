import type { FastifyReply } from 'fastify';
import { etagOf } from '@app/platform/precondition';

/** For the description of handlers that change what somebody has read. */
export const VERSION = { name: 'If-Match', required: true, description: 'The ETag that you have read, such as "v3".' };

/** The answer with the entity tag that its next change needs. */
export function tagged<T extends { version: number }>(reply: FastifyReply, view: T): T {
  void reply.header('etag', etagOf(view.version));
  return view;
}
