import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { ValidationList, ValidationView } from '@app/features/collaboration/validation-view.dto';
import { ValidationsQueries } from '@app/features/collaboration/validations.queries';
import { ValidationsService } from '@app/features/collaboration/validations.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { IdParams, TicketChildParams } from '../params.dto';
import { ApprovalBody, RemarksBody, ValidationBody } from './validations.dto';

const VERSION = {
  name: 'If-Match',
  required: true,
  description: 'The version of the text that you have read, such as "v1".',
};

/** Answers that somebody else reads before they leave. */
@ApiTags('validations')
@ApiBearerAuth()
@Controller()
export class ValidationsController {
  constructor(
    private readonly validations: ValidationsService,
    private readonly queries: ValidationsQueries,
  ) {}

  /** Drafts that wait for one's verdict. */
  @Allow('validations:decide')
  @Get('validations')
  async waiting(@CurrentActor() actor: Actor): Promise<ValidationList> {
    return { items: await this.queries.waiting(actor) };
  }

  /** The answer is right: it leaves now, as its author's reply. */
  @Allow('validations:decide')
  @ApiHeader(VERSION)
  @Post('validations/:id/approval')
  @HttpCode(200)
  approve(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { force }: ApprovalBody,
  ): Promise<ValidationView> {
    return this.validations.approve(actor, id, version, force ?? false);
  }

  /** The answer has to change. */
  @Allow('validations:decide')
  @ApiHeader(VERSION)
  @Post('validations/:id/refusal')
  @HttpCode(200)
  refuse(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { remarks }: RemarksBody,
  ): Promise<ValidationView> {
    return this.validations.refuse(actor, id, version, remarks);
  }

  /** What was asked on a ticket, with the verdicts. */
  @Allow('tickets:read')
  @Get('tickets/:ticket/validations')
  async ofTicket(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<ValidationList> {
    return { items: await this.queries.ofTicket(actor, ticket) };
  }

  /** Ask for a verdict on an answer; a changed text is asked for anew and replaces what still waits. */
  @Allow('tickets:reply')
  @Post('tickets/:ticket/validations')
  ask(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Body() body: ValidationBody,
  ): Promise<ValidationView> {
    return this.validations.ask(actor, ticket, body);
  }

  /** Take the request back. */
  @Allow('tickets:reply')
  @Delete('tickets/:ticket/validations/:id')
  withdraw(@CurrentActor() actor: Actor, @Param() { ticket, id }: TicketChildParams): Promise<ValidationView> {
    return this.validations.withdraw(actor, ticket, id);
  }
}
