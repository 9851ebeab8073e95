import { IsIn, IsString, MaxLength } from 'class-validator';
import { CHOSEN_LINKS, type ChosenLink } from '@app/domain/collaboration';

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
