import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
} from 'class-validator';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import { STATUSES, type Status } from '@app/domain/ticket';

const MOST = 200;
const MAX_TAGS = 20;
const TAG = /^[a-z][a-z0-9_]{0,39}$/;
const ASSIGNEE = /^(me|none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

/** Exactly one change: assignee, status, priority, or tags. */
export class BulkBody {
  @Transform(({ value }) => (Array.isArray(value) ? value.map(lower) : value))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ticketIds: string[];

  /** `me`, a colleague's account, or `none`. */
  @IsOptional()
  @Transform(({ value }) => lower(value))
  @Matches(ASSIGNEE)
  assigneeId?: string;

  @IsOptional()
  @IsIn(STATUSES)
  status?: Status;

  /** Code of a hold reason; only with `on_hold`. */
  @IsOptional()
  @Matches(/^[a-z_]{1,40}$/)
  reason?: string;

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @ArrayUnique()
  @Matches(TAG, { each: true })
  addTags?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @ArrayUnique()
  @Matches(TAG, { each: true })
  removeTags?: string[];

  /** Only say what would be done. */
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;
}
