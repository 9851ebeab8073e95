import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { DRAFT_KINDS, type DraftKind } from '@app/features/writing/drafts.service';
import { IsId, IsText } from '@app/platform/validation';

const MAX_BODY = 100_000;

export class DraftParams {
  /** Id or reference of the ticket. */
  @IsString()
  @MaxLength(60)
  ticket: string;

  @IsIn(DRAFT_KINDS)
  kind: DraftKind;
}

export class SaveDraftBody {
  /** May be blank: an emptied editor is a draft too. */
  @IsText({ max: MAX_BODY, min: 0 })
  text: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language | null;

  /** `lastMessageId` of the ticket as read while writing. */
  @IsOptional()
  @IsId()
  seenMessageId?: string | null;
}
