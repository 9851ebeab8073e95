import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '@app/domain/refusal';

const OF_VERSION = /^"v([1-9]\d{0,8})"$/;

/** The entity tag of a version. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

/**
 * The version that a change was made from, read from `If-Match`.
 * @throws Refusal `precondition_required` without the header, `precondition_failed` when it is not a tag of ours
 */
export function versionFrom(header: string | undefined): number {
  if (header === undefined) throw new Refusal('precondition_required', 'Send If-Match with the ETag that you read.');
  const [, version] = OF_VERSION.exec(header.trim()) ?? [];
  if (!version) throw new Refusal('precondition_failed', 'Somebody changed this meanwhile. Read it again.');
  return Number(version);
}

/** @throws Refusal `precondition_failed` when the row has moved on */
export function checkVersion(current: number, expected: number): void {
  if (current !== expected) {
    throw new Refusal('precondition_failed', 'Somebody changed this meanwhile. Read it again.');
  }
}

/** The version named by `If-Match`; a change without it is refused. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  versionFrom(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
