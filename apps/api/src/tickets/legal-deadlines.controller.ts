import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { LegalDeadlineList } from '@app/features/tickets/legal-deadline-view.dto';
import { LegalDeadlinesService } from '@app/features/tickets/legal-deadlines.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { tagged } from '../tagged';
import { LegalDeadlinesBody } from './legal-deadlines.dto';

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets/:ticket/legal-deadlines')
export class LegalDeadlinesController {
  constructor(private readonly deadlines: LegalDeadlinesService) {}

  /** The delays of the law that the category lists, each with its basis and, where a day was entered, its last day. */
  @Allow('tickets:read')
  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegalDeadlineList> {
    return tagged(reply, await this.deadlines.list(actor, ticket));
  }

  /** Enter the days from which the delays of this case count. */
  @Allow('tickets:change')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you have read, such as "v3".' })
  @Put()
  async set(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @IfMatch() version: number,
    @Body() body: LegalDeadlinesBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegalDeadlineList> {
    return tagged(reply, await this.deadlines.set(actor, ticket, body.items, version));
  }
}
