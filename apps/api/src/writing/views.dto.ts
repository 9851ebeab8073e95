import { Type } from 'class-transformer';
import { IsBoolean, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '@app/platform/fields';
import { IsPlainObject, IsText } from '@app/platform/validation';
import { TicketFilterQuery } from '../tickets/list.dto';

export class ViewBody {
  @IsText({ max: 80 })
  name: string;

  /** For everybody of the hub; only supervisors share. */
  @MayBeAbsent()
  @IsBoolean()
  shared?: boolean;

  /** Parameters of the ticket list, as they stand in its address. */
  @IsPlainObject()
  @ValidateNested()
  @Type(() => TicketFilterQuery)
  query: TicketFilterQuery;
}
