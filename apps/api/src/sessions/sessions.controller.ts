import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionsService } from '@app/features/identity/sessions.service';
import { Allow, CurrentSession, Public, type SignedIn } from '@app/platform/access';
import { SESSION_COOKIE } from '@app/platform/session-reader';
import { SessionAnswer, SignInBody } from './sessions.dto';

type CookieReply = FastifyReply & { setCookie(name: string, value: string, options: object): void };

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** Sign in. */
  @Public()
  @Post()
  async open(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const session = await this.sessions.open(body.email, body.password, request.ip, body.membershipId);
    (reply as CookieReply).setCookie(SESSION_COOKIE, session.token, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      path: '/',
      expires: session.expiresAt,
    });
    return session;
  }

  /** Sign out: the session ends everywhere. */
  @Allow('me:read')
  @Delete('current')
  @HttpCode(204)
  async close(@CurrentSession() session: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.close(session);
    (reply as CookieReply).setCookie(SESSION_COOKIE, '', { path: '/', expires: new Date(0) });
  }
}
