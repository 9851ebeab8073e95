import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { handleTime } from '@app/domain/calls/call-metrics';
import { tooLittleHistory } from '@app/domain/forecast';
import { Refusal } from '@app/domain/refusal';
import { planStaffing } from '@app/domain/staffing';
import { factsOf } from './call-facts';
import type { CallStaffingView } from './call-report.dto';
import { basisOfCalls, placeInWeek, rangeOf } from './call-report.queries';

const LEAST_DAYS = 14;
const SHRINKAGE = 0.3;
const BUSIEST = 12;

export interface CallStaffingRequest {
  hubId: string;
  from: string;
  to: string;
  target: number;
  withinSeconds: number;
}

/** Agents that real calls would have needed. */
@Injectable()
export class CallStaffingQueries {
  constructor(private readonly db: TenantDb) {}

  /** From at least two weeks of the hub's own calls. @throws Refusal `validation_failed` with less */
  async staffing(
    actor: Actor,
    { hubId, from, to, target, withinSeconds }: CallStaffingRequest,
  ): Promise<CallStaffingView> {
    if (actor.role !== 'coordinator' && actor.hubId !== hubId) throw new Refusal('not_found', 'Not found.');
    const range = rangeOf(from, to);
    const rows = await this.db.system((tx) => factsOf(tx, hubId, range, null));
    const calls = rows.filter((row) => row.direction === 'in' && row.outcome !== 'lost' && row.outcome !== 'blocked');
    const [first] = calls;
    const days = first ? (range.to.getTime() - first.queuedAt.getTime()) / 86_400_000 : 0;
    if (days < LEAST_DAYS) throw tooLittleHistory();
    const weeks = Math.max(1, days / 7);
    const busiest = busiestOf(calls, weeks);
    const mean = handleTime(rows).meanMs;
    const handleSeconds = mean === null ? null : Math.round(mean / 1_000);
    return {
      hubId,
      from,
      to,
      calls: calls.length,
      handleSeconds,
      basis: basisOfCalls(calls),
      busiest,
      options:
        handleSeconds && busiest.length > 0
          ? optionsOf(busiest[0].callsPerHour, handleSeconds, target, withinSeconds)
          : [],
      definition: {
        fr: 'Erlang C sur la demi-heure la plus chargée, appels courts compris : ils sont une demande.',
        ar: 'إرلانغ C على نصف الساعة الأكثر ازدحاما، بما فيها الرنات القصيرة لأنها طلب.',
      },
    };
  }
}

function busiestOf(calls: readonly { queuedAt: Date }[], weeks: number): CallStaffingView['busiest'] {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const { weekday, interval } = placeInWeek(call.queuedAt);
    counts.set(`${weekday} ${interval}`, (counts.get(`${weekday} ${interval}`) ?? 0) + 1);
  }
  const loads = [...counts].map(([key, count]) => {
    const [weekday, interval] = key.split(' ').map(Number);
    return { weekday, interval, callsPerHour: Math.round(((count * 2) / weeks) * 10) / 10 };
  });
  loads.sort((a, b) => b.callsPerHour - a.callsPerHour || a.weekday - b.weekday || a.interval - b.interval);
  return loads.slice(0, BUSIEST);
}

function optionsOf(
  callsPerHour: number,
  handleSeconds: number,
  target: number,
  withinSeconds: number,
): CallStaffingView['options'] {
  const plan = planStaffing({ callsPerHour, handleSeconds, target, withinSeconds, shrinkage: SHRINKAGE });
  return plan.options.map(({ agents, roster, erlangC, warnings }) => ({
    agents,
    roster,
    serviceLevel: erlangC.serviceLevel,
    occupancy: erlangC.occupancy,
    warnings,
  }));
}
