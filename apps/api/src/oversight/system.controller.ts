import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { OutboxService } from '@app/features/audit/outbox.service';
import { SystemStateQueries } from '@app/features/audit/system-state.queries';
import { RequeueAnswer, SystemState } from '@app/features/audit/system-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { RequeueBody } from './oversight.dto';

@ApiTags('oversight')
@ApiBearerAuth()
@Controller('system')
@Allow('system:manage')
export class SystemController {
  constructor(
    private readonly state: SystemStateQueries,
    private readonly outbox: OutboxService,
  ) {}

  /** How the program does: versions, database, queues, outbox, zone data, seals, room on the disk, mails. */
  @Get()
  read(@CurrentActor() actor: Actor): Promise<SystemState> {
    return this.state.read(actor);
  }

  /** Tries again what was given up. */
  @Post('outbox/requeue')
  @HttpCode(200)
  requeue(@CurrentActor() actor: Actor, @Body() { consumer }: RequeueBody): Promise<RequeueAnswer> {
    return this.outbox.requeue(actor, consumer ?? null);
  }
}
