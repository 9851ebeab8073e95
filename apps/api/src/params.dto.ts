import { IsString, MaxLength } from 'class-validator';
import { IsId } from '@app/platform/validation';

export class IdParams {
  @IsId()
  id: string;
}

/** Something that belongs to a ticket. */
export class TicketChildParams extends IdParams {
  /** Id or reference. */
  @IsString()
  @MaxLength(400)
  ticket: string;
}
