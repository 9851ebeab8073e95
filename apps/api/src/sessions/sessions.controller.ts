import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionsService } from '@app/features/identity/sessions.service';
import { Allow, CurrentSession, Public, type SignedIn } from '@app/platform/access';
import { clearSessionCookie, setSessionCookie } from './session-cookie';
import { SessionAnswer, SignInBody } from './sessions.dto';

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
}
