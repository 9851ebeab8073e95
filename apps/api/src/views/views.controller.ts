import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { EscalationOptionsQueries } from '@app/features/collaboration/escalation-options.queries';
import { EscalationOptionsView } from '@app/features/collaboration/escalation-view.dto';
import { ViewCounts } from '@app/features/collaboration/view-counts-view.dto';
import { ViewCountsQueries } from '@app/features/collaboration/view-counts.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { ReadMentionsView } from './views.dto';

/** What a desk shows beside the list itself. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller()
export class TicketViewsController {
  constructor(
    private readonly views: ViewCountsQueries,
    private readonly escalation: EscalationOptionsQueries,
  ) {}

  /** How many tickets each view holds; nothing is counted beyond `atMost`. */
  @Allow('views:use')
  @Get('me/ticket-counts')
  counts(@CurrentActor() actor: Actor): Promise<ViewCounts> {
    return this.views.counts(actor);
  }

  /** The notes of this ticket that call one have been read. */
  @Allow('views:use')
  @Post('tickets/:ticket/mentions/read')
  @HttpCode(200)
  async read(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<ReadMentionsView> {
    return { read: await this.views.readMentions(actor, ticket) };
  }

  /** What climbing a level would mean, in words, before it is done. */
  @Allow('tickets:escalate')
  @Get('tickets/:ticket/escalation-options')
  options(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<EscalationOptionsView> {
    return this.escalation.options(actor, ticket);
  }
}
