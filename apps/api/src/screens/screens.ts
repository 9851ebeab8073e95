import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  encodingFor,
  languageFor,
  pageOf,
  policyOf,
  zoneTable,
  type Page,
  type ScreenLanguage,
} from './screen-answers';
import { readSite, type BuiltSite, type ScreenFile, type Site } from './screen-files';

const A_YEAR = 'public, max-age=31536000, immutable';
/** The page names the hashed files of today, so it is asked for each time; unchanged it costs a few bytes. */
const ASK_FIRST = 'no-cache';
const PAGE_DAY_MS = 86_400_000;
const METHODS = ['GET', 'HEAD'] as const;
const NOT_BUILT =
  'Les écrans ne sont pas encore construits. / لم يتم بناء الشاشات بعد.\nThe screens are not built yet: run "npm run build", then start again.\n';

/** The two sites, on the addresses that people type; files come from memory, the API stays below /api. */
export function serveScreens(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const portal = new Pages('portal', readSite('portal'));
  const desk = new Pages('desk', readSite('desk'));
  const get = (url: string, handler: (request: FastifyRequest, reply: FastifyReply) => unknown): void =>
    void fastify.route({ method: [...METHODS], url, handler: (request, reply) => void handler(request, reply) });

  get('/', (request, reply) => redirect(reply, `/${chosenLanguage(request)}/`));
  for (const language of ['fr', 'ar'] as const) {
    get(`/${language}`, (_request, reply) => redirect(reply, `/${language}/`));
    get(`/${language}/*`, (request, reply) => portal.send(request, reply, language));
  }
  get('/desk', (_request, reply) => redirect(reply, '/desk/'));
  get('/desk/*', (request, reply) => desk.send(request, reply, chosenLanguage(request)));
  for (const pages of [portal, desk])
    get(`/${pages.site}/assets/*`, (request, reply) => pages.sendAsset(request, reply));
}

class Pages {
  private made = { day: -1, pages: new Map<string, Page>() };

  constructor(
    readonly site: Site,
    private readonly built: BuiltSite | null,
  ) {}

  send(request: FastifyRequest, reply: FastifyReply, language: ScreenLanguage): unknown {
    const page = this.pages().get(language);
    if (!page) return void reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    void reply
      .header('cache-control', ASK_FIRST)
      .header('content-security-policy', policyOf(this.site, request.host))
      .header('content-language', language)
      .header('etag', page.etag)
      .header('vary', this.site === 'desk' ? 'accept-encoding, accept-language, cookie' : 'accept-encoding');
    if (request.headers['if-none-match'] === page.etag) return void reply.status(304).send();
    return sendFile(request, reply, page);
  }

  sendAsset(request: FastifyRequest, reply: FastifyReply): unknown {
    const asset = this.built?.assets.get(request.url.split('?')[0]);
    if (!asset) return void reply.callNotFound();
    void reply.header('cache-control', A_YEAR).header('vary', 'accept-encoding');
    return sendFile(request, reply, asset);
  }

  /** Made anew each day: the table of offsets moves on. */
  private pages(): Map<string, Page> {
    const now = new Date();
    const day = Math.floor(now.getTime() / PAGE_DAY_MS);
    if (day !== this.made.day) {
      const zone = zoneTable(new Date(day * PAGE_DAY_MS));
      const pages = [...(this.built?.pages ?? [])].map(([language, html]) => [language, pageOf(html, zone)] as const);
      this.made = { day, pages: new Map(pages) };
    }
    return this.made.pages;
  }
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ScreenFile): void {
  const { body, encoding } = encodingFor(file, request.headers['accept-encoding']);
  if (encoding) void reply.header('content-encoding', encoding);
  void reply.type(file.type).send(body);
}

function redirect(reply: FastifyReply, to: string): void {
  void reply.header('vary', 'accept-language, cookie').redirect(to, 302);
}

function chosenLanguage(request: FastifyRequest): ScreenLanguage {
  const { cookies } = request as FastifyRequest & { cookies?: Record<string, string | undefined> };
  return languageFor(cookies?.sanad_lang, request.headers['accept-language']);
}
