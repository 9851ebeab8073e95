import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, Matches } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { IsId, IsText } from '@app/platform/validation';
import { IdParams } from '../params.dto';

const WORD = /^[a-z][a-z0-9_]{0,39}$/;

export class VerifyCallBody {
  @IsId()
  contactId: string;

  /** Codes of the questions that were answered rightly. */
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(WORD, { each: true })
  questions: string[];
}

export class ConsentParams extends IdParams {
  @IsId()
  consentId: string;
}

export class ConsentBody {
  @IsIn(['granted', 'refused'])
  state: 'granted' | 'refused';

  /** Of the words that were read out. */
  @IsText({ max: 40 })
  wordingVersion: string;

  @IsIn(LANGUAGES)
  language: Language;
}
