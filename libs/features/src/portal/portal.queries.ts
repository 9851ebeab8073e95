import { Injectable } from '@nestjs/common';
import { VISITOR } from '@app/domain/access';
import { accentColours, accentColoursByNight } from '@app/domain/accent';
import { isOpen, nextClosing, nextOpening, type BusinessCalendar } from '@app/domain/business-hours';
import { intervalsOn, WEEKDAYS, type CalendarDefinition, type Interval, type WeekHours } from '@app/domain/calendar';
import type { Language } from '@app/domain/language';
import { DAY_MS, localParts, toLocalIso } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import type { InstantView } from '../directory/place-view.dto';
import { type HubRow, ReferenceData } from '../directory/reference-data';
import { promised } from '../tickets/promised.dto';
import { draftTicket, type TicketDraft } from '../tickets/ticket-draft';
import type {
  DayHours,
  HolidayView,
  HoursInterval,
  PortalBranding,
  PortalHub,
  PortalPromise,
  PortalRegion,
  PortalTheme,
  PortalView,
  SeasonView,
} from './portal-view.dto';

const SOON_MS = 31 * DAY_MS;

export interface PromiseQuestion {
  categoryCode: string;
  placeCode: string;
  language: Language;
}

/** What everybody may know before asking; the copy in memory answers, no row is read. */
@Injectable()
export class PortalQueries {
  constructor(
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** Hubs with their hours, regions with the hub that answers, and what one may ask about. */
  view(): PortalView {
    const now = this.clock.now();
    const works = [...this.reference.current.hubs.values()].filter((hub) => hub.status === 'active');
    return {
      now: instant(now),
      hubs: works.map((hub) => this.hub(hub, now)),
      regions: this.regions(now),
      themes: this.themes(),
    };
  }

  /** Who would answer such a question, and by when, if it were sent now. */
  promise({ categoryCode, placeCode, language }: PromiseQuestion): PortalPromise {
    const now = this.clock.now();
    const draft = draftTicket(
      { subject: '-', body: '-', categoryCode, placeCode, language },
      { actor: VISITOR, placeCode, legalForm: null, now },
      this.reference,
    );
    return promiseOf(draft, this.reference.hub(draft.hub.hubId));
  }

  private hub(hub: HubRow, now: Date): PortalHub {
    const { definition, calendar } = this.reference.calendarOf(hub.id);
    const { code, nameFr, nameAr, isNational, phone, email, languages } = hub;
    return {
      ...{ code, nameFr, nameAr, isNational, phone, email, languages },
      branding: brandingOf(hub),
      ...hours(definition, calendar, now),
    };
  }

  private regions(now: Date): PortalRegion[] {
    const { places, hubs } = this.reference.current;
    const all = [...places.values()];
    const codeAt = (place: string): string => hubs.get(this.reference.hubFor(place, now).hubId)!.code;
    return all
      .filter((place) => place.kind === 'region')
      .map(({ code, nameFr, nameAr }) => {
        const hubCode = codeAt(code);
        const provinces = all
          .filter((place) => place.parentCode === code)
          .map((one) => {
            const own = codeAt(one.code);
            return { code: one.code, nameFr: one.nameFr, nameAr: one.nameAr, hubCode: own === hubCode ? null : own };
          });
        return { code, nameFr, nameAr, hubCode, hubReason: this.reference.hubFor(code, now).reason, provinces };
      });
  }

  private themes(): PortalTheme[] {
    const active = [...this.reference.current.categories.values()].filter((one) => one.active);
    const named = ({ code, nameFr, nameAr, kind }: (typeof active)[number]) => ({ code, nameFr, nameAr, kind });
    return active
      .filter((one) => one.parentCode === null)
      .map((theme) => ({
        ...named(theme),
        categories: active.filter((one) => one.parentCode === theme.code).map(named),
      }));
  }
}

/** What a draft promises. */
export function promiseOf(draft: Pick<TicketDraft, 'hub' | 'clocks'>, hub: HubRow): PortalPromise {
  const { code, nameFr, nameAr } = hub;
  return {
    hub: { code, nameFr, nameAr },
    hubReason: draft.hub.reason,
    firstResponse: promised(draft, 'first_response'),
    resolution: promised(draft, 'resolution'),
  };
}

function brandingOf({ id, version, branding }: HubRow): PortalBranding {
  const { accent, greetingFr, greetingAr, hasLogo } = branding;
  return {
    colours: accent ? accentColours(accent) : null,
    coloursByNight: accent ? accentColoursByNight(accent) : null,
    logo: hasLogo ? `/api/v1/hubs/${id}/logo?v=${version}` : null,
    greetingFr: greetingFr || null,
    greetingAr: greetingAr || null,
  };
}

const instant = (at: Date): InstantView => ({ at, local: toLocalIso(at) });

function hours(
  definition: CalendarDefinition,
  calendar: BusinessCalendar,
  now: Date,
): Pick<PortalHub, 'open' | 'nextChange' | 'week' | 'season' | 'holidays'> {
  const open = isOpen(calendar, now);
  const change = open ? nextClosing(calendar, now) : nextOpening(calendar, now);
  return {
    open,
    nextChange: change && instant(change),
    week: weekView(definition.week),
    season: seasonNear(definition, now),
    holidays: holidaysSoon(definition, now),
  };
}

const day = (at: Date): string => localParts(at).date;
const intervalsView = (intervals: Interval[]): HoursInterval[] => intervals.map(([from, to]) => ({ from, to }));
const weekView = (week: WeekHours): DayHours[] =>
  WEEKDAYS.map((name, index) => ({ weekday: index + 1, intervals: intervalsView(week[name]) }));

function seasonNear({ seasons }: CalendarDefinition, now: Date): SeasonView | null {
  const [today, soon] = [day(now), day(new Date(now.getTime() + SOON_MS))];
  const found = seasons.filter((one) => one.to >= today && one.from <= soon).sort((a, b) => (a.from < b.from ? -1 : 1));
  if (found.length === 0) return null;
  const { key, nameFr, nameAr, from, to, confirmed, week } = found[0];
  return { code: key, nameFr, nameAr, from, to, confirmed, week: weekView(week) };
}

/** Closures, and days with hours of their own. */
function holidaysSoon(definition: CalendarDefinition, now: Date): HolidayView[] {
  const [today, soon] = [day(now), day(new Date(now.getTime() + SOON_MS))];
  const closures = definition.closures.filter(({ date }) => !definition.overrides.some((one) => one.date === date));
  const overrides = definition.overrides.map((one) => ({ ...one, status: 'confirmed' as const }));
  return [...closures, ...overrides]
    .filter(({ date }) => today <= date && date <= soon)
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .map(({ date, nameFr, nameAr, status }) => ({
      date,
      nameFr,
      nameAr,
      status,
      intervals: intervalsView(intervalsOn(definition, date)),
    }));
}
