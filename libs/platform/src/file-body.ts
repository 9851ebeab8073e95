import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Refusal } from '@app/domain/refusal';

export const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Around the file: boundaries and headers. */
const MAX_AROUND_BYTES = 16 * 1024;
/** The only address that takes anything but JSON. */
const UPLOADS = '/api/v1/uploads';
const LIMITS = { fileSize: MAX_FILE_BYTES, files: 1, fields: 0, parts: 1, headerPairs: 20, fieldNameSize: 100 };

/** The one file of a request, as it comes in. */
export interface IncomingFile {
  name: string;
  stream: Readable & { truncated?: boolean };
}

export async function takeFiles(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart as never, { limits: LIMITS, throwFileSizeLimit: false } as never);
}

/** Files at their address, JSON everywhere else; the length is said beforehand. */
export function checkFileRequest({ url, method, headers }: FastifyRequest): void {
  const type = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  const forFiles = method === 'POST' && url === UPLOADS;
  if (type.startsWith('multipart/') && !forFiles) {
    throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
  }
  if (!forFiles) return;
  if (type !== 'multipart/form-data') {
    throw new Refusal('unsupported_media_type', 'Send one file as multipart/form-data.');
  }
  const length = Number(headers['content-length'] ?? 'NaN');
  if (Number.isNaN(length)) throw Refusal.field('header:Content-Length', 'required', 'Say how long the body is.');
  if (length > MAX_FILE_BYTES + MAX_AROUND_BYTES) throw new Refusal('payload_too_large', 'The file is too large.');
}

/**
 * The file of a request.
 * @throws Refusal `malformed_multipart` for a body that is not one file
 */
export async function fileOf(request: FastifyRequest): Promise<IncomingFile> {
  const part = await request.file().catch((error: unknown) => {
    throw malformed(error);
  });
  if (!part) throw Refusal.field('/file', 'required', 'Send one file.');
  return { name: unescaped(part.filename ?? ''), stream: part.file };
}

/** Browsers write three characters of a name as escapes, and no other. */
function unescaped(name: string): string {
  return name.replace(/%(22|0d|0a)/gi, (escape) => decodeURIComponent(escape));
}

/** What breaks while the bytes come in is the sender's. */
export function malformed(error: unknown): Error {
  if (error instanceof Refusal) return error;
  // Our own disk is full, or worse.
  if ((error as { syscall?: string }).syscall === 'write')
    return new Refusal('overloaded', 'The file cannot be kept now.');
  return new Refusal('malformed_multipart', 'The body is not one whole file.');
}
