import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '@app/domain/refusal';
import { SessionsService, type OpenedSession } from '@app/features/identity/sessions.service';
import { CodesService } from '@app/features/portal/codes.service';
import { Allow, CurrentSession, Public, type SignedIn } from '@app/platform/access';
import { clearSessionCookie, setSessionCookie } from './session-cookie';
import { CodeAsked, CodeBody, SignInLinkBody, SessionAnswer, SignInBody } from './sessions.dto';

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly codes: CodesService,
  ) {}

  /** Sign in. */
  @Public()
  @Post()
  async open(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const session = await this.opened(body, request.ip);
    setSessionCookie(request, reply, session);
    return session;
  }

  /** Ask for a code by e-mail. The answer is the same whether or not there is an account. */
  @Public()
  @Post('codes')
  @HttpCode(202)
  ask(@Body() { email, language }: CodeBody, @Req() request: FastifyRequest): Promise<CodeAsked> {
    return this.codes.ask(email, language ?? 'fr', request.ip);
  }

  /** Sign in with the link of the mail; opening the page does not use it up, this does. */
  @Public()
  @Post('links')
  async openLink(
    @Body() { token }: SignInLinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const session = await this.codes.openLink(token, request.ip);
    setSessionCookie(request, reply, session);
    return session;
  }

  /** Sign out: the session ends everywhere. */
  @Allow('me:read')
  @Delete('current')
  @HttpCode(204)
  async close(@CurrentSession() session: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.close(session);
    clearSessionCookie(reply);
  }

  private opened({ email, password, code, membershipId }: SignInBody, address: string): Promise<OpenedSession> {
    if (code === undefined) return this.sessions.open(email, password!, address, membershipId);
    if (password !== undefined) throw Refusal.field('/code', 'not_allowed', 'Send a password or a code.');
    return this.codes.open(email, code, address, membershipId);
  }
}
