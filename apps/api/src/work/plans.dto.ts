import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, Matches, ValidateNested } from 'class-validator';
import { PLAN_WHYS, PLANNED, type Planned, type PlanWhy } from '@app/domain/work/agent-plan';
import { AgentPlanView } from '@app/features/work/agent-plans.service';
import { IsCount, IsId, IsPlainObject } from '@app/platform/validation';

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

export class PlanParams {
  @IsId()
  id: string;

  @IsId()
  accountId: string;

  /** Local day, `YYYY-MM-DD`. */
  @Matches(DAY)
  day: string;
}

export class PlanQuery {
  /** First local day. */
  @Matches(DAY)
  from: string;

  /** Last local day. */
  @Matches(DAY)
  to: string;
}

export class PlanSpanBody {
  /** Local time, `HH:MM`. */
  @Matches(TIME)
  from: string;

  @Matches(TIME)
  to: string;

  @IsIn(PLANNED)
  what: Planned;
}

export class PlanBody {
  /** The version that was seen; 0 for a day without a plan. */
  @IsCount(0, 1_000_000)
  version: number;

  /** None: the day is free. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PlanSpanBody)
  spans: PlanSpanBody[];

  @IsIn(PLAN_WHYS)
  why: PlanWhy;
}

export class PlanListView {
  items: AgentPlanView[];
}
