import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type Log = Logger;
export const LOG = Symbol('log');

let output: ReturnType<typeof pino.destination> | undefined;

/** Lines leave together: writing each by itself costs a busy process a fifth of its time. None waits longer than a quarter second. */
function standardOutput(): ReturnType<typeof pino.destination> {
  if (!output) {
    output = pino.destination({ sync: true, minLength: 4_096, periodicFlush: 250 });
    process.once('exit', () => output?.flushSync());
  }
  return output;
}

/** Structured lines on standard output; ids and codes only, never text of people, contacts or tokens. */
export function createLog(level: string): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['req.headers', 'headers', 'password', 'token', 'body'], remove: true },
  };
  return level === 'silent' ? pino(options) : pino(options, standardOutput());
}

/** What Nest itself has to say, through the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly log_: Log) {}

  log(message: unknown, context?: string): void {
    this.log_.debug({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.log_.error({ context, stack }, String(message));
  }
  warn(message: unknown, context?: string): void {
    this.log_.warn({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    this.log_.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    this.log_.trace({ context }, String(message));
  }
}
