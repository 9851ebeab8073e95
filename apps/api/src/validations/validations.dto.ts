import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { REPLY_OUTCOMES, type ReplyOutcome } from '@app/domain/ticket-status';
import { IsId, IsText } from '@app/platform/validation';

export class ValidationBody {
  /** The text that leaves when it is approved. */
  @IsText({ max: 100_000 })
  body: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** What the reply leads to; `answered` when left out. */
  @IsOptional()
  @IsIn(REPLY_OUTCOMES)
  outcome?: ReplyOutcome;

  /** `lastMessageId` of the ticket as read. */
  @IsOptional()
  @IsId()
  seenMessageId?: string;

  /** An expert, who is lent the ticket, or a colleague; any colleague when left out. */
  @IsOptional()
  @IsId()
  validatorId?: string;
}

export class ApprovalBody {
  /** Send although a newer message has come in since the author read the ticket. */
  @IsOptional()
  @IsBoolean()
  force?: boolean;
}

export class RemarksBody {
  /** What has to change. */
  @IsText({ max: 5_000 })
  remarks: string;
}
