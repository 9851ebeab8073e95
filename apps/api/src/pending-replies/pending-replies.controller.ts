import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { PendingReplyList, PendingReplyView } from '@app/features/tickets/message-view.dto';
import { PendingRepliesService } from '@app/features/tickets/pending-replies.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { TicketChildParams } from '../params.dto';

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets/:ticket/pending-replies')
export class PendingRepliesController {
  constructor(private readonly replies: PendingRepliesService) {}

  /** Replies that have not left, or were held back. The hub alone sees them. */
  @Allow('tickets:read')
  @Get()
  async list(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<PendingReplyList> {
    return { items: await this.replies.list(actor, ticket) };
  }

  /** Take a reply back before it leaves; the answer holds its text. */
  @Allow('tickets:reply')
  @Delete(':id')
  cancel(@CurrentActor() actor: Actor, @Param() { ticket, id }: TicketChildParams): Promise<PendingReplyView> {
    return this.replies.cancel(actor, ticket, id);
  }
}
