import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS, dateOfDay, dayNumber, localInstants } from '@app/domain/zone';
import { AuditPage, AuditTypeList } from '@app/features/audit/audit-view.dto';
import { AuditQueries } from '@app/features/audit/audit.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { AuditQuery } from './oversight.dto';

const PAGE = 50;

@ApiTags('oversight')
@ApiBearerAuth()
@Controller('audit')
@Allow('audit:read')
export class AuditController {
  constructor(private readonly queries: AuditQueries) {}

  /** Who did what, and what it changed: a supervisor's hub; for coordinators how the programme is run, never a ticket. */
  @Get()
  list(
    @CurrentActor() actor: Actor,
    @Query() { limit = PAGE, cursor, from, to, ...filter }: AuditQuery,
  ): Promise<AuditPage> {
    if (from && to && from > to) throw Refusal.field('?to', 'out_of_range', 'The period ends before it begins.');
    const period = { from: from && startOf(from), to: to && startOf(dateOfDay(dayNumber(to) + 1)) };
    return this.queries.list(
      actor,
      { ...filter, ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) },
      { limit, cursor },
    );
  }

  /** Kinds of events that your log can hold. */
  @Get('types')
  types(@CurrentActor() actor: Actor): AuditTypeList {
    return { items: this.queries.types(actor) };
  }
}

/** Midnight of the hubs; a day whose first hour was skipped begins with what follows. */
function startOf(day: string): Date {
  return localInstants(day, 0)[0] ?? new Date(dayNumber(day) * DAY_MS);
}
