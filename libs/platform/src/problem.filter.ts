import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOG, type Log } from './log';
import { problemOf, refusalOf } from './problem';

/** Every error of every handler leaves as problem details; nothing of the inside does. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), request, error, this.log);
  }
}

export function sendProblem(
  reply: FastifyReply,
  request: { id: unknown; url: string },
  error: unknown,
  log: Log,
): void {
  const { refusal, unexpected } = refusalOf(error);
  if (unexpected) {
    const { name, stack, code } = (error ?? {}) as { name?: string; stack?: string; code?: string };
    log.error({ requestId: request.id, name, code, stack: stack?.split('\n').slice(0, 12) }, 'unexpected error');
  }
  const problem = problemOf(refusal, request.url);
  if (reply.sent) return;
  if (problem.retryAfter) void reply.header('retry-after', String(problem.retryAfter));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  // A body that was refused unread would be taken for the next request.
  if (problem.status === 413) void reply.header('connection', 'close');
  void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(problem);
}
