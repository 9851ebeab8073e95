import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { CallPage, CallView, CallWordsView } from '@app/features/calls/call-view.dto';
import { CallWordsQueries } from '@app/features/calls/call-words.queries';
import { CallsQueries } from '@app/features/calls/calls.queries';
import { CallLog } from '@app/features/calls/call-log.service';
import { CallsService } from '@app/features/calls/calls.service';
import { ConsentsService } from '@app/features/calls/consents.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams } from '../params.dto';
import { CallListQuery } from './call-list.dto';
import { LogCallBody, WrapUpBody } from './call-log.dto';
import { AttachCallBody } from './call-ticket.dto';
import { ConsentBody, ConsentParams, VerifyCallBody } from './caller.dto';

@ApiTags('calls')
@Controller('calls')
@Allow('calls:write')
export class CallsController {
  constructor(
    private readonly queries: CallsQueries,
    private readonly service: CallsService,
    private readonly written: CallLog,
    private readonly consents: ConsentsService,
    private readonly words: CallWordsQueries,
  ) {}

  /** Calls of the hub, the newest first. */
  @Get()
  @Allow('calls:read')
  list(@CurrentActor() actor: Actor, @Query() query: CallListQuery): Promise<CallPage> {
    return this.queries.list(actor, { ...query, limit: query.limit ?? 25 });
  }

  /** Codes, question forms and wordings of the call panel, in both languages. */
  @Get('words')
  @Allow('calls:read')
  wordsOf(): CallWordsView {
    return this.words.view();
  }

  /** One call: who it may be, what belongs to it. Nothing of a case before a check where the number is not sure. */
  @Get(':id')
  @Allow('calls:read')
  find(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<CallView> {
    return this.queries.find(actor, id);
  }

  /** Writes a call down by hand. */
  @Post()
  log(@CurrentActor() actor: Actor, @Body() body: LogCallBody): Promise<CallView> {
    return this.written.log(actor, body);
  }

  /** Puts the call to a ticket, or to a new one; left empty, to the newest open ticket of who calls. */
  @Put(':id/ticket')
  attach(@CurrentActor() actor: Actor, @Param() { id }: IdParams, @Body() body: AttachCallBody): Promise<CallView> {
    return this.service.attach(actor, id, body);
  }

  /** Note, code and disposition; on a ticket the note is written there too. */
  @Put(':id/wrap-up')
  wrapUp(@CurrentActor() actor: Actor, @Param() { id }: IdParams, @Body() body: WrapUpBody): Promise<CallView> {
    return this.service.wrapUp(actor, id, body);
  }

  /** Somebody has checked in a few words who speaks. */
  @Post(':id/verification')
  @HttpCode(200)
  verify(@CurrentActor() actor: Actor, @Param() { id }: IdParams, @Body() body: VerifyCallBody): Promise<CallView> {
    return this.service.verify(actor, id, body);
  }

  /** What the person answered when asked whether the call may be recorded. */
  @Post(':id/consents')
  @HttpCode(200)
  consent(@CurrentActor() actor: Actor, @Param() { id }: IdParams, @Body() body: ConsentBody): Promise<CallView> {
    return this.consents.give(actor, id, body);
  }

  /** Takes an agreement back: the recording is hidden at once. */
  @Delete(':id/consents/:consentId')
  withdraw(@CurrentActor() actor: Actor, @Param() { id, consentId }: ConsentParams): Promise<CallView> {
    return this.consents.withdraw(actor, id, consentId);
  }
}
