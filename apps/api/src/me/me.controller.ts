import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { holds, PERMISSIONS, type Permission } from '@app/domain/access';
import type { ActingRole } from '@app/domain/ticket';
import { SessionsService } from '@app/features/identity/sessions.service';
import { Allow, CurrentSession, type SignedIn } from '@app/platform/access';
import { MeAnswer } from './me.dto';

@ApiTags('me')
@ApiBearerAuth()
@Controller('me')
export class MeController {
  constructor(private readonly sessions: SessionsService) {}

  /** Who is signed in, and what the role allows. */
  @Allow('me:read')
  @Get()
  async me(@CurrentSession() { actor, expiresAt }: SignedIn): Promise<MeAnswer> {
    return {
      accountId: actor.accountId,
      name: actor.name,
      locale: actor.locale,
      role: actor.role as ActingRole,
      hubId: actor.hubId,
      associationId: actor.associationId,
      cleared: actor.cleared,
      permissions: (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => holds(actor, permission)),
      memberships: await this.sessions.memberships(actor.accountId),
      sessionExpiresAt: expiresAt,
    };
  }
}
