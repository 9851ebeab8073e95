import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, Matches, ValidateNested } from 'class-validator';
import { IsCount, IsPlainObject } from '@app/platform/validation';

const MOST = 20;

export class LegalStartBody {
  /** The delay's place in the list of the category. */
  @IsCount(0, 100)
  item: number;

  /** The local day from which it counts. */
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'A day such as 2026-11-23 is expected.' })
  from: string;
}

export class LegalDeadlinesBody {
  /** All delays that run in this case; what is left out is forgotten. */
  @IsArray()
  @ArrayMaxSize(MOST)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LegalStartBody)
  items: LegalStartBody[];
}
