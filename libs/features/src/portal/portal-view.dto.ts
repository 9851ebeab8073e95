import type { ClosureStatus } from '@app/domain/calendar';
import type { Kind } from '@app/domain/ticket';
import { InstantView } from '../directory/place-view.dto';
import { PromisedInstant } from '../tickets/promised.dto';
import { NamedView } from '../tickets/ticket-view.dto';

export class WordsView {
  fr: string;
  ar: string;
}

export class HoursInterval {
  /** Local time, `HH:MM`. */
  from: string;
  to: string;
}

/** The opening hours of one day of the week. */
export class DayHours {
  /** 1 is Monday, 7 Sunday. */
  weekday: number;
  /** Empty when closed. */
  intervals: HoursInterval[];
}

/** Other hours between two local days, both included. */
export class SeasonView extends NamedView {
  from: string;
  to: string;
  confirmed: boolean;
  week: DayHours[];
}

export class HolidayView {
  date: string;
  nameFr: string;
  nameAr: string;
  /** `provisional`: it follows the moon, the day may still move. */
  status: ClosureStatus;
  /** Hours of the day when it is not closed altogether. */
  intervals: HoursInterval[];
}

/** Colours of a hub's page, made from its one accent; each carries its text (WCAG 2.2 AA). */
export class PortalColours {
  brand: string;
  hover: string;
  link: string;
  soft: string;
  line: string;
  rail: string;
}

/** What a hub's page looks like; null is what the programme shows. */
export class PortalBranding {
  colours: PortalColours | null;
  /** The same where a device asks for a dark page. */
  coloursByNight: PortalColours | null;
  /** Address of the picture. */
  logo: string | null;
  greetingFr: string | null;
  greetingAr: string | null;
}

/** A hub as everybody may know it. */
export class PortalHub extends NamedView {
  isNational: boolean;
  /** Call button, as +212…; null when the hub has no number yet. */
  phone: string | null;
  email: string | null;
  languages: string[];
  branding: PortalBranding;
  open: boolean;
  /** When it next closes, or opens; null when that is not within two weeks. */
  nextChange: InstantView | null;
  /** The usual week. */
  week: DayHours[];
  /** What replaces it now or within a month. */
  season: SeasonView | null;
  /** Closed days of the next month. */
  holidays: HolidayView[];
}

export class PortalProvince extends NamedView {
  /** Only where another hub answers than for the region. */
  hubCode: string | null;
}

export class PortalRegion extends NamedView {
  /** The hub that answers there today. */
  hubCode: string;
  /** `managing`, `interim`, or `national` where no hub works yet. */
  hubReason: 'managing' | 'interim' | 'national' | 'conflict';
  provinces: PortalProvince[];
}

export class PortalCategory extends NamedView {
  kind: Kind;
}

export class PortalTheme extends NamedView {
  kind: Kind;
  categories: PortalCategory[];
}

export class PortalView {
  /** By the clock of the server, when this was put together. */
  now: InstantView;
  hubs: PortalHub[];
  regions: PortalRegion[];
  themes: PortalTheme[];
}

/** One instant that would be promised. */
export class PortalPromise {
  hub: NamedView;
  hubReason: 'managing' | 'interim' | 'national' | 'conflict';
  firstResponse: PromisedInstant | null;
  resolution: PromisedInstant | null;
}

/** What somebody without an account has in hand after asking. */
export class PortalReceipt {
  reference: string;
  /** With the reference it opens the follow-up; shown here and kept nowhere. */
  followUpCode: string;
  subject: string;
  openedAt: Date;
  hub: NamedView;
  /** Why this hub and this queue, in words. */
  routing: WordsView;
  firstResponse: PromisedInstant | null;
  resolution: PromisedInstant | null;
}

/** The follow-up of one ticket, open for a while. */
export class FollowView {
  /** For `Authorization: Bearer`; shown once. Browsers use the cookie set beside it. */
  token: string;
  expiresAt: Date;
  ticketId: string;
  reference: string;
  /** Language of the answers. */
  locale: 'fr' | 'ar';
}
