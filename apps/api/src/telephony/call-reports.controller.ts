import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS, localParts } from '@app/domain/zone';
import { CallReportView, CallStaffingView } from '@app/features/calls/call-report.dto';
import { CallReportQueries } from '@app/features/calls/call-report.queries';
import { CallStaffingQueries } from '@app/features/calls/call-staffing.queries';
import { FirstContactView } from '@app/features/calls/first-contact-view.dto';
import { FirstContactQueries } from '@app/features/calls/first-contact.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { CallReportQuery, CallStaffingQuery, FirstContactQuery } from './call-reports.dto';

const HISTORY_DAYS = 56;
const FIRST_CONTACT_DAYS = 35;

@ApiTags('reports')
@Controller('reports')
export class CallReportsController {
  constructor(
    private readonly reports: CallReportQueries,
    private readonly plans: CallStaffingQueries,
    private readonly contacts: FirstContactQueries,
  ) {}

  /** Figures over calls: each with its formula, its counted parts, the list behind it, and whether it is measured or declared. */
  @Get('calls')
  @Allow('hubs:live')
  calls(@CurrentActor() actor: Actor, @Query() query: CallReportQuery): Promise<CallReportView> {
    const today = localParts(new Date()).date;
    const { from = today, to = today, queueCode, threshold } = query;
    return this.reports.report(actor, {
      hubId: hubOf(actor, query.hubId),
      from,
      to,
      queueCode,
      thresholdSeconds: threshold,
    });
  }

  /** Agents that the hub's real calls would need. */
  @Get('calls/staffing')
  @Allow('reports:plan')
  staffing(@CurrentActor() actor: Actor, @Query() query: CallStaffingQuery): Promise<CallStaffingView> {
    const now = Date.now();
    const { to = localParts(new Date(now)).date, target = 80, within = 20 } = query;
    const from = query.from ?? localParts(new Date(now - HISTORY_DAYS * DAY_MS)).date;
    return this.plans.staffing(actor, {
      hubId: hubOf(actor, query.hubId),
      from,
      to,
      target: target / 100,
      withinSeconds: within,
    });
  }

  /** Questions that stayed closed for a week, with those that came back or were escalated; those closed in the last five weeks when left out. */
  @Get('first-contact')
  @Allow('reports:plan')
  firstContact(@CurrentActor() actor: Actor, @Query() query: FirstContactQuery): Promise<FirstContactView> {
    const now = Date.now();
    const { to = localParts(new Date(now)).date } = query;
    const { from = localParts(new Date(now - FIRST_CONTACT_DAYS * DAY_MS)).date } = query;
    return this.contacts.of(actor, { hubId: hubOf(actor, query.hubId), from, to });
  }
}

function hubOf(actor: Actor, hubId: string | undefined): string {
  const hub = hubId ?? actor.hubId;
  if (!hub) throw Refusal.field('?hubId', 'required', 'Name the hub.');
  return hub;
}
