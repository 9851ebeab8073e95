import { Type } from 'class-transformer';
import { IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { IsId, IsPlainObject, IsText } from '@app/platform/validation';

const CODE = /^[A-Z]{3}\.[0-9]{2}$/;
const PLACE = /^MA-[0-9A-Z]{2,3}$/;

export class CallTicketBody {
  @IsText({ max: 200 })
  subject: string;

  @IsText({ max: 100_000 })
  body: string;

  @Matches(CODE)
  categoryCode: string;

  /** Where the question comes from; that of the association when left out. */
  @IsOptional()
  @Matches(PLACE)
  placeCode?: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @IsIn(['fr', 'ar'])
  answerLanguage?: 'fr' | 'ar';

  /** Those of the call when left out, once they are sure. */
  @IsOptional()
  @IsId()
  associationId?: string;

  @IsOptional()
  @IsId()
  contactId?: string;
}

/** Neither: the newest open ticket of who calls. */
export class AttachCallBody {
  @IsOptional()
  @IsId()
  ticketId?: string;

  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => CallTicketBody)
  create?: CallTicketBody;
}
