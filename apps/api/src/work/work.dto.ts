import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CHOSEN_PRESENCES, type ChosenPresence } from '@app/domain/work/presence';

export class PresenceBody {
  @IsIn(CHOSEN_PRESENCES)
  presence: ChosenPresence;

  /** Code of a reason of absence. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  reason?: string;
}
