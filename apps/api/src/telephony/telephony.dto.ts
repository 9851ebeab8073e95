import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsIP,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { AGENT_REF_KINDS, PROVIDERS, type AgentRefKind, type Provider } from '@app/domain/calls/canonical-event';
import {
  DISTRIBUTIONS,
  TELEPHONY_LEVELS,
  type Distribution,
  type TelephonyLevel,
} from '@app/features/calls/telephony-view.dto';
import { MayBeAbsent } from '@app/platform/fields';
import { IsId, IsPlainObject, IsText } from '@app/platform/validation';
import { IdParams } from '../params.dto';

const HOST = /^[A-Za-z0-9.:_-]{1,253}$/;

export class WebhookParams {
  /** Of the integration. */
  @IsString()
  @MaxLength(200)
  token: string;
}

export class IntegrationParams extends IdParams {
  @IsId()
  integrationId: string;
}

export class HubQueueParams extends IdParams {
  @IsId()
  queueId: string;
}

export class ChangeTelephonyBody {
  /** L0 by hand, L1 events of calls, L2 queues and agents, L3 we choose the agent. */
  @MayBeAbsent()
  @IsIn(TELEPHONY_LEVELS)
  level?: TelephonyLevel;

  @MayBeAbsent()
  @IsBoolean()
  recording?: boolean;

  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(3_600)
  serviceLevelSeconds?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(60)
  shortAbandonSeconds?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(15)
  @Max(480)
  callbackSlotMinutes?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(500)
  callbacksPerSlot?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(10)
  callbackAttempts?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(5)
  @Max(1_440)
  callbackRetryMinutes?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(5)
  @Max(1_440)
  lostAfterMinutes?: number;
}

class IntegrationDetailsBody {
  /** Shared secret, or a public key in PEM; of a connector the password. Never shown again. */
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  secret?: string | null;

  /** Only from these; empty: from everywhere. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIP(undefined, { each: true })
  addresses?: string[];

  /** Take fields in the query string too. */
  @MayBeAbsent()
  @IsBoolean()
  query?: boolean;

  @IsOptional()
  @Matches(HOST)
  host?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(65_535)
  port?: number | null;

  @IsOptional()
  @IsText({ max: 80 })
  username?: string | null;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(80, { each: true })
  trunkContexts?: string[];

  /** The whole list of callers who are turned away, in any spelling. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  blocked?: string[];
}

export class CreateIntegrationBody extends IntegrationDetailsBody {
  @IsText({ max: 80 })
  name: string;

  @IsIn(PROVIDERS)
  provider: Provider;
}

export class ChangeIntegrationBody extends IntegrationDetailsBody {
  @MayBeAbsent()
  @IsText({ max: 80 })
  name?: string;

  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;
}

export class TelephonyQueueBody {
  @IsIn(DISTRIBUTIONS)
  distribution: Distribution;

  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(120, { each: true })
  @Matches(/^\S(.*\S)?$/, { each: true })
  refs: string[];
}

export class AgentNameBody {
  @IsIn(AGENT_REF_KINDS)
  kind: AgentRefKind;

  @IsText({ max: 120 })
  value: string;
}

export class TelephonyAgentBody {
  @IsArray()
  @ArrayMaxSize(20)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AgentNameBody)
  names: AgentNameBody[];
}
