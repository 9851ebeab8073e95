import { Transform } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import {
  CHANNELS,
  KINDS,
  LEVELS,
  STATUSES,
  type Channel,
  type Kind,
  type Level,
  type Status,
} from '@app/domain/ticket';
import { DUE_FILTERS, TICKET_SORTS, type DueFilter, type TicketSort } from '@app/features/tickets/ticket-filter';
import { TicketSummary } from '@app/features/tickets/ticket-view.dto';
import { IsCount, IsId } from '@app/platform/validation';

const CODE = /^[A-Z]{3}\.[0-9]{2}$/;
const ASSIGNEE = /^(me|none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Filters and order of the list: what a saved view keeps. */
export class TicketFilterQuery {
  /** One status, or several separated by commas. */
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayUnique()
  @IsIn(STATUSES, { each: true })
  status?: Status[];

  /** `true`: only tickets that still need somebody. */
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: string;

  @IsOptional()
  @IsId()
  hubId?: string;

  @IsOptional()
  @IsId()
  queueId?: string;

  /** An account, `me` or `none`. */
  @IsOptional()
  @Matches(ASSIGNEE)
  assignee?: string;

  @IsOptional()
  @IsId()
  associationId?: string;

  @IsOptional()
  @Matches(CODE)
  categoryCode?: string;

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsIn(KINDS)
  kind?: Kind;

  @IsOptional()
  @IsIn(CHANNELS)
  channel?: Channel;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @IsIn(LEVELS)
  level?: Level;

  /** `late`, or `soon`: due within the hour. */
  @IsOptional()
  @IsIn(DUE_FILTERS)
  due?: DueFilter;

  /** `true`: tickets of other hubs that were lent to you. */
  @IsOptional()
  @IsIn(['true', 'false'])
  granted?: string;

  /** Words in either language, or a reference. */
  @IsOptional()
  @IsString()
  @MaxLength(6_000)
  q?: string;

  @IsOptional()
  @IsIn(TICKET_SORTS)
  sort?: TicketSort;
}

export class ListTicketsQuery extends TicketFilterQuery {
  /** Tickets with a note that calls you: `all`, or `unread`. */
  @IsOptional()
  @IsIn(['all', 'unread'])
  mentions?: 'all' | 'unread';

  /** 1 to 100; 25 when left out. */
  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(4_100)
  cursor?: string;
}

export class TicketPageAnswer {
  items: TicketSummary[];
  nextCursor: string | null;
}
