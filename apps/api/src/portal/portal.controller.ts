import { createHash } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PortalPromise, PortalView } from '@app/features/portal/portal-view.dto';
import { PortalQueries } from '@app/features/portal/portal.queries';
import { Public } from '@app/platform/access';
import { PortalPromiseBody } from './portal.dto';

/** Opening states change with the minute. */
const CACHE = 'public, max-age=60';

/** What needs no account. */
@ApiTags('portal')
@Controller('portal')
export class PortalController {
  constructor(private readonly portal: PortalQueries) {}

  /** Hubs with their hours, regions with the hub that answers there, and what one may ask about. */
  @Public()
  @Get()
  view(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): PortalView | undefined {
    const view = this.portal.view();
    const { now: _, ...lasting } = view;
    const tag = `"${createHash('sha256').update(JSON.stringify(lasting)).digest('base64url').slice(0, 22)}"`;
    void reply.header('cache-control', CACHE).header('etag', tag);
    if (known !== tag) return view;
    void reply.status(304);
    return undefined;
  }

  /** Who would answer, and by when, before anything is sent. */
  @Public()
  @Post('promises')
  @HttpCode(200)
  promise(@Body() body: PortalPromiseBody): PortalPromise {
    return this.portal.promise(body);
  }
}
