import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { Refusal } from '@app/domain/refusal';
import { parseBody } from './body';
import type { Config } from './config';
import { ProcessState } from './process-state';
import { LOG, NestLog, type Log } from './log';
import { checkFileRequest, takeFiles } from './file-body';
import { requestDone } from './metrics';
import { isOwnOrigin } from './origin';
import { problemOf } from './problem';
import { ProblemFilter, sendProblem } from './problem.filter';
import { serialize } from './shared-reads';
import { RequestPipe } from './validation';
import { isWebhook, takeWebhook } from './webhook-body';

const MAX_BODY_BYTES = 256 * 1024;
const MAX_URL_LENGTH = 8_192;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The HTTP face of a process, the same in production and in tests. */
export async function createHttpApp(module: Type | DynamicModule, config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 120_000, // a photo over a poor network; headers have their own limit
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    http: { requireHostHeader: false }, // checked below, with an answer of ours
    forceCloseConnections: 'idle',
    return503OnClosing: false, // what was accepted is still answered
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    clientErrorHandler,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, request, error, log),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  const log = app.get<Log>(LOG);
  app.useLogger(new NestLog(log));
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  readBodies(fastify);
  await takeFiles(app);
  fastify.setReplySerializer(serialize as () => string); // it takes bytes as well
  guardRequests(fastify, config, log, app.get(ProcessState));
  await app.register(cookie as never);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalPipes(new RequestPipe());
  app.enableShutdownHooks([]);
  return app;
}

/** What every answer tells browsers; the same for all, so helmet is asked once. */
function commonHeaders(): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  const reply = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'self'"] },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: { maxAge: 15_552_000 },
  });
  protect({} as IncomingMessage, reply as unknown as ServerResponse, () => undefined);
  return headers;
}

/** JSON only, read as bytes and checked before anything is parsed; every other type is refused, except from telephone systems. */
function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (isWebhook(request)) return done(null, body);
      checkContentType(request);
      done(null, parseBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function checkContentType(request: FastifyRequest): void {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charsets = parameters.map((one) => one.trim()).filter((one) => one.startsWith('charset'));
  const utf8 = charsets.every((one) => one.replace(/"/g, '') === 'charset=utf-8');
  if (type.trim() !== 'application/json' || !utf8) {
    throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
  }
}

function guardRequests(fastify: FastifyInstance, config: Config, log: Log, state: ProcessState): void {
  const headers = commonHeaders();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    if (state.draining) void reply.header('connection', 'close');
    checkAddress(request.url);
    if (isWebhook(request)) takeWebhook(request);
    if (!METHODS.has(request.method)) throw new Refusal('method_not_allowed', 'This method is not used here.');
    checkHeaders(request);
    checkFileRequest(request);
    if (!SAFE.has(request.method)) checkOrigin(request, config);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    requestDone(request.method, route, reply.statusCode, reply.elapsedTime);
    log.info({ requestId: request.id, method: request.method, route, status: reply.statusCode, ms }, 'request');
    done();
  });
}

/** The parser of queries keeps broken escapes as they are; here they are refused. */
function checkAddress(url: string): void {
  if (url.length > MAX_URL_LENGTH) throw new Refusal('uri_too_long', 'The address is too long.');
  try {
    decodeURIComponent(url);
  } catch {
    throw Refusal.field('?', 'invalid_text', 'The address has an escape that is not UTF-8.');
  }
}

function checkHeaders(request: FastifyRequest): void {
  const hosts = request.raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length !== 1) throw new Refusal('malformed_json', 'Send one Host header.');
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity')
    throw new Refusal('unsupported_media_type', 'Compressed bodies are not accepted.');
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.headers['content-type']) {
    throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
  }
}

/** Instead of a token against forged requests: browsers say where a request comes from. */
function checkOrigin(request: FastifyRequest, config: Config): void {
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
  if (crossSite || !isOwnOrigin(request.headers, config.origins)) {
    throw new Refusal('csrf', 'This request comes from another site.');
  }
}

/** Requests that are not HTTP at all get problem details too. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({
    ...problemOf(new Refusal('malformed_json', 'The request cannot be read.'), ''),
    status: tooLarge ? 431 : 400,
  });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json; charset=utf-8\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Where the server listens, once it does. */
export function portOf(app: NestFastifyApplication): number {
  const address = (app.getHttpServer() as Server).address();
  return typeof address === 'object' && address ? address.port : 0;
}
