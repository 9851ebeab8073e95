import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

export const API_PREFIX = 'api/v1';
/** Paths that are not versioned: for machines that watch, and pages of the program itself. */
const UNVERSIONED = ['api/live', 'api/ready', 'api/metrics', 'api/openapi.json', 'api/dev/outbox'];
const DOCS = '/api/docs';
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self' 'unsafe-inline'";

/** The file that the contract is kept in, from the sources or from dist. */
export function contractFile(): string {
  const root = __dirname.split(`${path.sep}dist${path.sep}`)[0];
  const base = root === __dirname ? path.resolve(__dirname, '../../..') : root;
  return path.join(base, 'libs/contract/src/openapi.json');
}

export function prefixApi(app: NestFastifyApplication): void {
  app.setGlobalPrefix(API_PREFIX, { exclude: UNVERSIONED });
}

/** Built from the controllers; needs the prefix, no database. */
export function buildOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sanad')
    .setDescription(
      'Call-centre and help-desk of the regional hubs of associative competence. Errors are RFC 9457 problem details with a stable code.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, config, { operationIdFactory });
}

/** `tickets.list`: the method alone is not unique, and clients generated from the document would mix two answers up. */
function operationIdFactory(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}.${method}`;
}

/** The contract as committed, and a page to try it. */
export function serveDocs(app: NestFastifyApplication): void {
  if (!existsSync(contractFile())) return;
  // Read when somebody asks: it is large, and rarely asked for.
  const document = (): OpenAPIObject => JSON.parse(readFileSync(contractFile(), 'utf8')) as OpenAPIObject;
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.get('/api/openapi.json', (_request, reply) => void reply.send(document()));
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith(DOCS)) void reply.header('content-security-policy', DOCS_POLICY);
    done();
  });
  SwaggerModule.setup(DOCS.slice(1), app, document, { jsonDocumentUrl: 'api/docs-json', customSiteTitle: 'Sanad API' });
}
