import { createHash } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FollowService } from '@app/features/portal/follow.service';
import { FollowView, PortalPromise, PortalReceipt, PortalView } from '@app/features/portal/portal-view.dto';
import { PortalQueries } from '@app/features/portal/portal.queries';
import { RequestsService } from '@app/features/portal/requests.service';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { Public } from '@app/platform/access';
import { setSessionCookie } from '../sessions/session-cookie';
import { FollowBody, PortalPromiseBody, PortalRequestBody } from './portal.dto';

/** Opening states change with the minute. */
const CACHE = 'public, max-age=60';

/** What needs no account. */
@ApiTags('portal')
@Controller('portal')
export class PortalController {
  constructor(
    private readonly portal: PortalQueries,
    private readonly requests: RequestsService,
    private readonly follow: FollowService,
  ) {}

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

  /** Ask without an account. The answer holds reference, follow-up code and promise. */
  @Public()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'At least 16 characters that nobody guesses: the same request sent twice has one effect.',
  })
  @Post('requests')
  ask(
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: PortalRequestBody,
    @Req() request: FastifyRequest,
  ): Promise<PortalReceipt> {
    const { website: _, ...question } = body;
    return this.requests.ask(question, idempotentRequest(key, 'POST /portal/requests', question), request.ip);
  }

  /** Follow one ticket with its reference and code: a short session that reads it, answers, and says that it is resolved. */
  @Public()
  @Post('follow')
  async open(
    @Body() { reference, code }: FollowBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FollowView> {
    const view = await this.follow.open(reference, code, request.ip);
    setSessionCookie(request, reply, view);
    return view;
  }
}
