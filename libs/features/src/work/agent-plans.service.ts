import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { MOST_AGENT_DAYS } from '@app/domain/report-groups';
import { readPlan, type PlanSpan, type PlanWhy } from '@app/domain/work/agent-plan';
import { dayNumber, localParts } from '@app/domain/zone';

export class PlanSpanView {
  /** Local time, `HH:MM`. */
  from: string;
  to: string;
  what: 'work' | 'break';
}

export class AgentPlanView {
  accountId: string;
  /** Local day. */
  day: string;
  /** The highest one counts; the ones before stay. */
  version: number;
  spans: PlanSpanView[];
  why: PlanWhy;
  at: Date;
}

const COLUMNS = `account_id as "accountId", day::text as day, version, spans, why, at`;
const SOMEBODY = `
  select 1 from membership where account_id = $1 and hub_id = $2 and kind = 'hub' and role in ('agent', 'supervisor') and valid @> $3::date limit 1`;
const ADD = `
  insert into agent_plan (hub_id, account_id, day, version, spans, why, author_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict do nothing returning ${COLUMNS}`;

/** The plan of a hub's people, against which their time is measured. */
@Injectable()
export class AgentPlansService {
  constructor(private readonly db: TenantDb) {}

  /** Every version of some days, of everybody of the hub; an agent sees the own ones. */
  list(actor: Actor, hubId: string, from: string, to: string): Promise<AgentPlanView[]> {
    ownHub(actor, hubId);
    const days = dayNumber(to) - dayNumber(from) + 1;
    if (Number.isNaN(days) || days < 1 || days > MOST_AGENT_DAYS) {
      throw Refusal.field('?to', 'out_of_range', `Ask for 1 to ${MOST_AGENT_DAYS} days.`);
    }
    const whose = actor.role === 'agent' ? actor.accountId : null;
    return this.db.run(actor, (tx) =>
      tx.query<AgentPlanView>(
        'plan-list',
        `select ${COLUMNS} from agent_plan where hub_id = $1 and day between $2 and $3 and ($4::uuid is null or account_id = $4)
         order by day, account_id, version`,
        [hubId, from, to, whose],
      ),
    );
  }

  /**
   * Plans a day anew. @param expected the version that was seen, 0 for a day without a plan
   * @throws Refusal `validation_failed` with pointers, `precondition_failed` when somebody else was faster, `not_found` for nobody of the hub
   */
  plan(
    actor: Actor,
    { hubId, accountId, day }: { hubId: string; accountId: string; day: string },
    expected: number,
    change: { spans: unknown; why: PlanWhy },
  ): Promise<AgentPlanView> {
    ownHub(actor, hubId);
    if (Number.isNaN(dayNumber(day))) throw Refusal.field('/day', 'invalid_date', 'This date does not exist.');
    const spans: PlanSpan[] = readPlan(change.spans);
    return this.db.run(
      actor,
      async (tx) => {
        const somebody = await tx.query('plan-somebody', SOMEBODY, [accountId, hubId, localParts(tx.now).date]);
        if (somebody.length === 0) throw new Refusal('not_found', 'Not found.');
        const [last] = await tx.query<{ version: number }>(
          'plan-last',
          'select max(version) as version from agent_plan where hub_id = $1 and account_id = $2 and day = $3',
          [hubId, accountId, day],
        );
        if ((last.version ?? 0) !== expected)
          throw new Refusal('precondition_failed', 'Somebody else has planned this day meanwhile.');
        const [view] = await tx.query<AgentPlanView>('plan-add', ADD, [
          ...[hubId, accountId, day, expected + 1, JSON.stringify(spans), change.why, actor.accountId, tx.now],
        ]);
        if (!view) throw new Refusal('precondition_failed', 'Somebody else has planned this day meanwhile.');
        tx.emit({ type: 'plan.changed', hubId, data: { accountId, day, version: view.version, why: change.why } });
        return view;
      },
      { as: 'system' },
    );
  }
}

function ownHub(actor: Actor, hubId: string): void {
  if (actor.hubId !== hubId) throw new Refusal('not_found', 'Not found.');
}
