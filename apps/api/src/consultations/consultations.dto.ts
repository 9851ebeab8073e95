import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsId, IsText } from '@app/platform/validation';

const MAX_HOURS = 720;

export class ConsultationBody {
  /** An expert (`account`), or another hub. */
  @IsIn(['account', 'hub'])
  toKind: 'account' | 'hub';

  @IsId()
  toId: string;

  @IsText({ max: 5_000 })
  question: string;

  /** The loan ends by itself after so many hours; a month at most. */
  @IsInt()
  @Min(1)
  @Max(MAX_HOURS)
  hours: number;
}

export class OpinionBody {
  /** Becomes a note of the hub; the association does not see it. */
  @IsText({ max: 100_000 })
  body: string;
}
