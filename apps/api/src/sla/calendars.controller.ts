import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, StreamableFile, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { CalendarsQueries } from '@app/features/sla/calendars.queries';
import { CalendarsService } from '@app/features/sla/calendars.service';
import { ClosuresService } from '@app/features/sla/closures.service';
import {
  CalendarDetailsView,
  CalendarImpactView,
  CalendarListView,
  CalendarVersionView,
  ImportImpactView,
  PublishedCalendarView,
} from '@app/features/sla/sla-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { VERSION } from './policies.controller';
import {
  CalendarDraftBody,
  ClosureBody,
  DayParams,
  ImportClosuresBody,
  KeyQuery,
  NewCalendarBody,
  SeasonBody,
  SeasonParams,
  VersionParams,
} from './sla.dto';

@ApiTags('sla')
@ApiBearerAuth()
@Controller('sla/calendars')
export class CalendarsController {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly closures: ClosuresService,
    private readonly queries: CalendarsQueries,
  ) {}

  /** The programme's calendars and your hub's, with the hubs that work by them. */
  @Allow('sla:read')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<CalendarListView> {
    return this.queries.list(actor);
  }

  @Allow('sla:read')
  @Get(':id')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarDetailsView> {
    const calendar = await this.queries.get(actor, id);
    reply.header('etag', etagOf(calendar.version));
    return calendar;
  }

  /** A version as it was published. */
  @Allow('sla:read')
  @Get(':id/versions/:version')
  version(@CurrentActor() actor: Actor, @Param() { id, version }: VersionParams): Promise<CalendarVersionView> {
    return this.queries.version(actor, id, version);
  }

  /** A calendar of your hub's own, copied from another; the hub works by it from then on. */
  @Allow('sla:publish')
  @Post()
  copy(@CurrentActor() actor: Actor, @Body() body: NewCalendarBody): Promise<PublishedCalendarView> {
    return this.calendars.copy(actor, body);
  }

  /** What publishing the draft would do to the open promises; nothing is written. */
  @Allow('sla:publish')
  @Post(':id/impact')
  @HttpCode(200)
  impact(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { definition }: CalendarDraftBody,
  ): Promise<CalendarImpactView> {
    return this.calendars.impact(actor, id, () => definition);
  }

  /** Publishes the draft as the next version; open clocks follow in the background. */
  @Allow('sla:publish')
  @ApiHeader(VERSION)
  @Post(':id/publish')
  @HttpCode(200)
  publish(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { definition }: CalendarDraftBody,
  ): Promise<PublishedCalendarView> {
    return this.calendars.publish(actor, id, () => definition, version);
  }

  /** What confirming, moving or adding this day off would do. */
  @Allow('sla:publish')
  @Post(':id/closures/:date/impact')
  @HttpCode(200)
  closureImpact(
    @CurrentActor() actor: Actor,
    @Param() { id, date }: DayParams,
    @Body() body: ClosureBody,
  ): Promise<CalendarImpactView> {
    return this.calendars.impact(actor, id, this.closures.placing({ ...body, date }));
  }

  /** Confirms a day off, moves it, or adds one. */
  @Allow('sla:publish')
  @ApiHeader(VERSION)
  @Put(':id/closures/:date')
  putClosure(
    @CurrentActor() actor: Actor,
    @Param() { id, date }: DayParams,
    @IfMatch() version: number,
    @Body() body: ClosureBody,
  ): Promise<PublishedCalendarView> {
    return this.calendars.publish(actor, id, this.closures.placing({ ...body, date }), version);
  }

  /** Takes a day off out of the calendar. */
  @Allow('sla:publish')
  @ApiHeader(VERSION)
  @Delete(':id/closures/:date')
  removeClosure(
    @CurrentActor() actor: Actor,
    @Param() { id, date }: DayParams,
    @Query() { key }: KeyQuery,
    @IfMatch() version: number,
  ): Promise<PublishedCalendarView> {
    return this.calendars.publish(actor, id, this.closures.removing(date, key), version);
  }

  /** What switching a season, or moving its dates, would do. */
  @Allow('sla:publish')
  @Post(':id/seasons/:season/impact')
  @HttpCode(200)
  seasonImpact(
    @CurrentActor() actor: Actor,
    @Param() { id, season }: SeasonParams,
    @Body() body: SeasonBody,
  ): Promise<CalendarImpactView> {
    return this.calendars.impact(actor, id, this.closures.changingSeason({ ...body, key: season }));
  }

  /** Switches a season on or off, confirms it, or moves its dates. */
  @Allow('sla:publish')
  @ApiHeader(VERSION)
  @Put(':id/seasons/:season')
  putSeason(
    @CurrentActor() actor: Actor,
    @Param() { id, season }: SeasonParams,
    @IfMatch() version: number,
    @Body() body: SeasonBody,
  ): Promise<PublishedCalendarView> {
    return this.calendars.publish(actor, id, this.closures.changingSeason({ ...body, key: season }), version);
  }

  /** Reads days off from an iCalendar file and says what publishing them would do. */
  @Allow('sla:publish')
  @Post(':id/closures/import/impact')
  @HttpCode(200)
  importImpact(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { ical }: ImportClosuresBody,
  ): Promise<ImportImpactView> {
    return this.closures.importImpact(actor, id, ical);
  }

  /** Adds the days off of an iCalendar file. */
  @Allow('sla:publish')
  @ApiHeader(VERSION)
  @Post(':id/closures/import')
  @HttpCode(200)
  import(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { ical }: ImportClosuresBody,
  ): Promise<PublishedCalendarView> {
    return this.calendars.publish(actor, id, this.closures.importing(ical), version);
  }

  /** The days off as an iCalendar file. */
  @Allow('sla:read')
  @Get(':id/closures.ics')
  async export(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<StreamableFile> {
    const { name, text } = await this.closures.export(actor, id);
    return new StreamableFile(Buffer.from(text), {
      type: 'text/calendar; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }
}
