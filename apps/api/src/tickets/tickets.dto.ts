import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import {
  ADVICE_LEVELS,
  CHANNELS,
  CONFIDENTIALITIES,
  KINDS,
  STATUSES,
  type AdviceLevel,
  type Channel,
  type Confidentiality,
  type Kind,
  type Status,
} from '@app/domain/ticket';
import { REPLY_OUTCOMES, type ReplyOutcome } from '@app/domain/ticket-status';
import { MAX_FILES } from '@app/features/files/attach';
import { ESCALATION_LEVELS, type EscalationLevel } from '@app/features/tickets/ticket-escalation';
import { MAX_SEND_DELAY, OVERRIDE_REASONS, type OverrideReason } from '@app/features/tickets/reply-writes';
import { IsId, IsPlainObject, IsText } from '@app/platform/validation';

const ANSWER_LANGUAGES = ['fr', 'ar'] as const;
const MAX_BODY = 100_000;
const MAX_TAGS = 20;
const TAG = /^[a-z][a-z0-9_]{0,39}$/;
const CODE = /^[A-Z]{3}\.[0-9]{2}$/;
const PLACE = /^MA-[0-9A-Z]{2,3}$/;

export class NewContactBody {
  /** Name as the person gives it. */
  @IsText({ max: 200 })
  name: string;

  /** In any Moroccan spelling, or international. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  /** Language of written answers. */
  @IsOptional()
  @IsIn(ANSWER_LANGUAGES)
  writtenLanguage?: 'fr' | 'ar';
}

export class CreateTicketBody {
  /** One line; 200 characters at most. */
  @IsText({ max: 200 })
  subject: string;

  /** The question itself, in French, Arabic or Darija. */
  @IsText({ max: MAX_BODY })
  body: string;

  /** Leaf of the taxonomy, for instance `CRE.03`. */
  @Matches(CODE)
  categoryCode: string;

  /** Province or region; the association's own when left out. */
  @IsOptional()
  @Matches(PLACE)
  placeCode?: string;

  /** Detected when left out. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** Reference of an earlier ticket that this one continues. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  followUpOf?: string;

  /** Files handed in before, each used once. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  uploadIds?: string[];

  /** Staff only, as all that follow: how the question came in. */
  @IsOptional()
  @IsIn(CHANNELS)
  channel?: Channel;

  @IsOptional()
  @IsIn(ANSWER_LANGUAGES)
  answerLanguage?: 'fr' | 'ar';

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsIn(CONFIDENTIALITIES)
  confidentiality?: Confidentiality;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @ArrayUnique()
  @Matches(TAG, { each: true })
  tags?: string[];

  /** Ask for a second reader although the category does not. */
  @IsOptional()
  @IsBoolean()
  needsValidation?: boolean;

  @IsOptional()
  @IsId()
  associationId?: string;

  @IsOptional()
  @IsId()
  contactId?: string;

  /** A caller who is not known yet; leave both out for an anonymous one. */
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => NewContactBody)
  contact?: NewContactBody;
}

export class TicketPromiseBody {
  @Matches(CODE)
  categoryCode: string;

  /** Province or region; the association's own when left out. */
  @IsOptional()
  @Matches(PLACE)
  placeCode?: string;

  @IsIn(LANGUAGES)
  language: Language;

  @IsIn(CHANNELS)
  channel: Channel;

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsIn(CONFIDENTIALITIES)
  confidentiality?: Confidentiality;

  @IsOptional()
  @IsId()
  associationId?: string;
}

export class NewMessageBody {
  /** `note` stays inside the hub. */
  @IsIn(['reply', 'note'])
  kind: 'reply' | 'note';

  @IsText({ max: MAX_BODY })
  body: string;

  /** What a reply of the hub leads to; `answered` when left out. */
  @IsOptional()
  @IsIn(REPLY_OUTCOMES)
  outcome?: ReplyOutcome;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** `lastMessageId` of the ticket as read: a newer message refuses the reply. */
  @IsOptional()
  @IsId()
  seenMessageId?: string;

  /** Send although a newer message has come in. */
  @IsOptional()
  @IsBoolean()
  force?: boolean;

  /** Version of the draft that this message was written as: the draft goes with it, and late saves of it are refused. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  draftVersion?: number;

  /** Files handed in before, each used once. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  uploadIds?: string[];
  /** Accounts of the hub whom a note calls. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Transform(({ value }) =>
    Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one.toLowerCase() : one)) : value,
  )
  @IsUUID(undefined, { each: true })
  mentions?: string[];

  /** A reply of the hub leaves so many seconds later and can be taken back until then; 10 at most. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_SEND_DELAY)
  sendAfterSeconds?: number;

  /** A supervisor sends without the validation that the ticket needs; the log keeps why. */
  @IsOptional()
  @IsIn(OVERRIDE_REASONS)
  validationOverride?: OverrideReason;
}

export class AssignmentBody {
  /** `me`, a colleague's account, or null to put the ticket back. */
  @ValidateIf((body: AssignmentBody) => body.assigneeId !== null)
  @Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @Matches(/^(me|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/)
  assigneeId: string | null;
}

export class StatusBody {
  @IsIn(STATUSES)
  status: Status;

  /** Code of a hold reason; only with `on_hold`. */
  @IsOptional()
  @Matches(/^[a-z_]{1,40}$/)
  reason?: string;
}

export class EscalationBody {
  @IsIn(ESCALATION_LEVELS)
  to: EscalationLevel;

  /** Code of an escalation reason. */
  @Matches(/^[a-z_]{1,40}$/)
  reason: string;
}

export class ChangeTicketBody {
  @IsOptional()
  @IsText({ max: 200 })
  subject?: string;

  @IsOptional()
  @Matches(CODE)
  categoryCode?: string;

  @IsOptional()
  @IsIn(KINDS)
  kind?: Kind;

  @IsOptional()
  @IsIn(ADVICE_LEVELS)
  adviceLevel?: AdviceLevel;

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsIn(CONFIDENTIALITIES)
  confidentiality?: Confidentiality;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @IsIn(ANSWER_LANGUAGES)
  answerLanguage?: 'fr' | 'ar';

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @ArrayUnique()
  @Matches(TAG, { each: true })
  tags?: string[];

  /** A second reader must approve the answer; a category that demands one keeps it. */
  @IsOptional()
  @IsBoolean()
  needsValidation?: boolean;
}
