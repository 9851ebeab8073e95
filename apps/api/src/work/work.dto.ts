import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DIRECTED_WHYS, type DirectedWhy } from '@app/domain/work/reason-words';
import { CHOSEN_PRESENCES, type ChosenPresence } from '@app/domain/work/presence';
import { IsId, IsText } from '@app/platform/validation';

export class PresenceBody {
  @IsIn(CHOSEN_PRESENCES)
  presence: ChosenPresence;

  /** Code of a reason of absence. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  reason?: string;
}

const AWAY = CHOSEN_PRESENCES.filter((one): one is Exclude<ChosenPresence, 'available'> => one !== 'available');

export class DirectPresenceBody {
  /** Nobody is made available by somebody else. */
  @IsIn(AWAY)
  presence: Exclude<ChosenPresence, 'available'>;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  reason?: string;

  /** Why the supervisor does this; it is logged. */
  @IsIn(DIRECTED_WHYS)
  why: DirectedWhy;
}

export class TransferBody {
  /** Queue of the hub; left out, the work stays in its queue. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  queueCode?: string;

  /** Colleague who is asked first. */
  @IsOptional()
  @IsId()
  accountId?: string;
}

export class CreateReasonBody {
  @Matches(/^[a-z][a-z0-9_]{1,39}$/)
  code: string;

  @IsText({ max: 60 })
  nameFr: string;

  @IsText({ max: 60 })
  nameAr: string;

  @IsBoolean()
  productive: boolean;
}

export class ChangeReasonBody {
  @IsOptional()
  @IsText({ max: 60 })
  nameFr?: string;

  @IsOptional()
  @IsText({ max: 60 })
  nameAr?: string;

  @IsOptional()
  @IsBoolean()
  productive?: boolean;

  /** False: it cannot be chosen any more. */
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}
