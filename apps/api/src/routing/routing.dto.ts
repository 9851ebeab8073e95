import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MOST_RULES } from '@app/domain/routing-rules';
import { ASSIGNMENT_MODES, type AssignmentMode } from '@app/domain/work/assignment-mode';
import { IsCount, IsId, IsPlainObject, IsText } from '@app/platform/validation';

const WEEK_SECONDS = 604_800;

export class AgentParams {
  @IsId()
  id: string;

  @IsId()
  accountId: string;
}

export class ConditionBody {
  @IsString()
  @MaxLength(40)
  field: string;

  @IsIn(['in'])
  op: 'in';

  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  values: string[];
}

export class SkillDemandBody {
  @IsString()
  @MaxLength(40)
  skill: string;

  @IsInt()
  @Min(1)
  @Max(9)
  level: number;
}

export class RuleBody {
  /** Of the rule that is changed; left out, the rule is new. */
  @IsOptional()
  @IsId()
  id?: string;

  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ConditionBody)
  conditions: ConditionBody[];

  @IsString()
  @MaxLength(40)
  queueCode: string;

  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SkillDemandBody)
  requiredSkills: SkillDemandBody[];

  /** Why, in words for the history. */
  @IsText({ max: 120 })
  reasonFr: string;

  @IsText({ max: 120 })
  reasonAr: string;
}

export class RulesBody {
  /** All rules of the hub in their order; the last has no condition. */
  @IsArray()
  @ArrayMaxSize(MOST_RULES)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RuleBody)
  rules: RuleBody[];
}

export class DryRunBody extends RulesBody {
  @IsId()
  hubId: string;
}

const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

export class QueueRelaxationBody {
  /** Percent of the longest wait; null: never; left out: as the programme says. */
  @Nullable()
  @IsNumber()
  @Min(0)
  @Max(100)
  lower_level?: number | null;

  @Nullable()
  @IsNumber()
  @Min(0)
  @Max(100)
  neighbour?: number | null;

  @Nullable()
  @IsNumber()
  @Min(0)
  @Max(100)
  callback?: number | null;
}

export class RelaxationTimesBody {
  /** Percent of the longest wait; null: never. */
  @ValidateIf((_, value) => value !== null)
  @IsNumber()
  @Min(0)
  @Max(100)
  lower_level: number | null;

  @ValidateIf((_, value) => value !== null)
  @IsNumber()
  @Min(0)
  @Max(100)
  neighbour: number | null;

  @ValidateIf((_, value) => value !== null)
  @IsNumber()
  @Min(0)
  @Max(100)
  callback: number | null;
}

export class RelaxationBody {
  /** The version that was seen; 0 when nothing was set yet. */
  @IsCount(0, 1_000_000)
  version: number;

  @IsPlainObject()
  @ValidateNested()
  @Type(() => RelaxationTimesBody)
  relaxation: RelaxationTimesBody;
}

class QueueSettingsBody {
  @Nullable()
  @IsInt()
  @Min(0)
  @Max(100)
  capacityCost?: number | null;

  @Nullable()
  @IsInt()
  @Min(5)
  @Max(WEEK_SECONDS)
  offerTimeoutSeconds?: number | null;

  @Nullable()
  @IsInt()
  @Min(60)
  @Max(WEEK_SECONDS)
  maxWaitSeconds?: number | null;

  @Nullable()
  @IsInt()
  @Min(0)
  @Max(3_600)
  wrapUpSeconds?: number | null;

  /** When demands go down with waiting; null: as the programme says. */
  @Nullable()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => QueueRelaxationBody)
  relaxation?: QueueRelaxationBody | null;

  /** Queue of the same hub; null: what waits stays. */
  @Nullable()
  @IsString()
  @MaxLength(40)
  overflowCode?: string | null;

  @Nullable()
  @IsInt()
  @Min(60)
  @Max(WEEK_SECONDS)
  overflowAfterSeconds?: number | null;
}

export class ChangeQueueBody extends QueueSettingsBody {
  @IsOptional()
  @IsText({ max: 120 })
  nameFr?: string;

  @IsOptional()
  @IsText({ max: 120 })
  nameAr?: string;
}

export class CreateQueueBody extends QueueSettingsBody {
  @Matches(/^[A-Z][A-Z0-9_]{1,19}$/)
  code: string;

  @IsText({ max: 120 })
  nameFr: string;

  @IsText({ max: 120 })
  nameAr: string;
}

export class AgentSkillsBody {
  @IsArray()
  @ArrayMaxSize(40)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SkillDemandBody)
  skills: SkillDemandBody[];
}

export class ModeBody {
  /** `default`: as the programme says. */
  @IsIn([...ASSIGNMENT_MODES, 'default'])
  mode: AssignmentMode | 'default';
}
