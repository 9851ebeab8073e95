import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { CHOSEN_LINKS, type ChosenLink } from '@app/domain/collaboration';
import { IsText } from '@app/platform/validation';

const MAX_KEY = 60;

export class MergeBody {
  /** Id or reference of the ticket in which this one goes on. */
  @IsString()
  @MaxLength(MAX_KEY)
  into: string;
}

export class MergePreviewQuery {
  /** Id or reference of the ticket in which this one would go on. */
  @IsString()
  @MaxLength(MAX_KEY)
  into: string;
}

export class LinkBody {
  /** Id or reference of the other ticket. */
  @IsString()
  @MaxLength(MAX_KEY)
  ticket: string;

  /** How this ticket stands to the other: `follow_up` says that this one continues it, `duplicate` that it repeats it. */
  @IsIn(CHOSEN_LINKS)
  kind: ChosenLink;
}

export class SplitBody {
  /** Messages that begin the new ticket, one of the requester among them. */
  @Transform(({ value }) =>
    Array.isArray(value) ? value.map((one: unknown) => (typeof one === 'string' ? one.toLowerCase() : one)) : value,
  )
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  messageIds: string[];

  @IsText({ max: 200 })
  subject: string;

  /** The same as before when left out. */
  @IsOptional()
  @Matches(/^[A-Z]{3}\.[0-9]{2}$/)
  categoryCode?: string;
}
