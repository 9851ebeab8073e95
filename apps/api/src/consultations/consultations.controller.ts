import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { ConsultationList, ConsultationView, ConsultedList } from '@app/features/collaboration/consultation-view.dto';
import { ConsultationsQueries } from '@app/features/collaboration/consultations.queries';
import { ConsultationsService } from '@app/features/collaboration/consultations.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams, TicketChildParams } from '../params.dto';
import { ConsultationBody, OpinionBody } from './consultations.dto';

/** Opinions asked of experts and other hubs. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller()
export class ConsultationsController {
  constructor(
    private readonly consultations: ConsultationsService,
    private readonly queries: ConsultationsQueries,
  ) {}

  /** Questions that wait for one's opinion. */
  @Allow('consultations:answer')
  @Get('consultations')
  async waiting(@CurrentActor() actor: Actor): Promise<ConsultationList> {
    return { items: await this.queries.waiting(actor) };
  }

  /** Whom one's hub may ask. */
  @Allow('tickets:consult')
  @Get('consultations/targets')
  async targets(@CurrentActor() actor: Actor): Promise<ConsultedList> {
    return { items: await this.consultations.targets(actor) };
  }

  /** Give the opinion that was asked; the loan ends with it. */
  @Allow('consultations:answer')
  @Post('consultations/:id/opinion')
  @HttpCode(200)
  answer(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { body }: OpinionBody,
  ): Promise<ConsultationView> {
    return this.consultations.answer(actor, id, body);
  }

  /** All that was asked about a ticket. */
  @Allow('tickets:read')
  @Get('tickets/:ticket/consultations')
  async ofTicket(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<ConsultationList> {
    return { items: await this.queries.ofTicket(actor, ticket) };
  }

  /** Ask for an opinion: a loan that ends by itself. Ownership, clocks and the contact with the association do not move. */
  @Allow('tickets:consult')
  @Post('tickets/:ticket/consultations')
  ask(
    @CurrentActor() actor: Actor,
    @Param('ticket') ticket: string,
    @Body() body: ConsultationBody,
  ): Promise<ConsultationView> {
    return this.consultations.ask(actor, ticket, body);
  }

  /** Take the question back. */
  @Allow('tickets:consult')
  @Delete('tickets/:ticket/consultations/:id')
  cancel(@CurrentActor() actor: Actor, @Param() { ticket, id }: TicketChildParams): Promise<ConsultationView> {
    return this.consultations.cancel(actor, ticket, id);
  }
}
