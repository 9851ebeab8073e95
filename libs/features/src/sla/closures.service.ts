import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import type { CalendarDefinition } from '@app/domain/calendar';
import {
  changeSeason,
  type ClosureChange,
  mergeClosures,
  placeClosure,
  removeClosure,
  type SeasonChange,
} from '@app/domain/closures';
import { Refusal } from '@app/domain/refusal';
import { Clock } from '@app/platform/clock';
import { CalendarsQueries } from './calendars.queries';
import { type CalendarEdit, CalendarsService } from './calendars.service';
import { closuresFromIcal, icalOfClosures } from './ical';
import type { ImportImpactView } from './sla-view.dto';

/** Days off and seasons: small edits of a calendar, published like any other. */
@Injectable()
export class ClosuresService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly queries: CalendarsQueries,
    private readonly clock: Clock,
  ) {}

  placing(change: ClosureChange): CalendarEdit {
    return (now) => placeClosure(now, change);
  }

  removing(date: string, key?: string): CalendarEdit {
    return (now) => removeClosure(now, date, key);
  }

  /** Dates that would overlap another season, or end before they begin, are refused in the words of the change. */
  changingSeason(change: SeasonChange): CalendarEdit {
    return (now) => {
      const next = changeSeason(now, change);
      const season = next.seasons.find((one) => one.key === change.key)!;
      if (season.to < season.from) throw Refusal.field('/to', 'inverted', 'The season ends before it starts.');
      const others = next.seasons.filter((one) => one !== season && !one.off && !season.off);
      if (others.some((one) => one.from <= season.to && season.from <= one.to)) {
        throw Refusal.field('/from', 'overlap', 'The season overlaps another.');
      }
      return next;
    };
  }

  importing(ical: string): CalendarEdit {
    return (now) => mergeClosures(now, closuresFromIcal(ical)).definition;
  }

  async importImpact(actor: Actor, id: string, ical: string): Promise<ImportImpactView> {
    const counts = { added: 0, changed: 0 };
    const edit = (now: CalendarDefinition): CalendarDefinition => {
      const { definition, ...found } = mergeClosures(now, closuresFromIcal(ical));
      Object.assign(counts, found);
      return definition;
    };
    return { ...(await this.calendars.impact(actor, id, edit)), ...counts };
  }

  async export(actor: Actor, id: string): Promise<{ name: string; text: string }> {
    const calendar = await this.queries.get(actor, id);
    return {
      name: `${calendar.code.toLowerCase()}-closures.ics`,
      text: icalOfClosures(calendar, calendar.definition, this.clock.now()),
    };
  }
}
