import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { handleTime } from '@app/domain/calls/call-metrics';
import { tooLittleHistory } from '@app/domain/forecast';
import { Refusal } from '@app/domain/refusal';
import { planStaffing, type StaffingPlan } from '@app/domain/staffing';
import { factsOf, type FactRow } from './call-facts';
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
    const patienceSeconds = patienceOf(calls);
    return {
      hubId,
      from,
      to,
      calls: calls.length,
      handleSeconds,
      patienceSeconds,
      basis: basisOfCalls(calls),
      busiest,
      options:
        handleSeconds && busiest.length > 0
          ? optionsOf({
              ...{ callsPerHour: busiest[0].callsPerHour, handleSeconds, target, withinSeconds },
              ...(patienceSeconds === null ? {} : { patienceSeconds }),
            })
          : [],
      definition: {
        fr: 'Erlang C (et A, avec la patience observée) sur la demi-heure la plus chargée, appels courts compris : ils sont une demande.',
        ar: 'إرلانغ C (وA بحسب صبر المتصلين) على نصف الساعة الأكثر ازدحاما، بما فيها الرنات القصيرة لأنها طلب.',
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

/** Of exponential patience: those who were answered would have waited longer. */
function patienceOf(calls: readonly FactRow[]): number | null {
  const gone = calls.filter((call) => call.outcome === 'abandoned').length;
  const waited = calls.reduce((sum, call) => sum + call.waitMs, 0);
  return gone > 0 && waited > 0 ? Math.max(1, Math.round(waited / gone / 1_000)) : null;
}

function optionsOf(plan: Omit<StaffingPlan, 'shrinkage'>): CallStaffingView['options'] {
  return planStaffing({ ...plan, shrinkage: SHRINKAGE }).options.map(
    ({ agents, roster, erlangC, erlangA, warnings }) => ({
      ...{ agents, roster, warnings },
      serviceLevel: erlangC.serviceLevel,
      occupancy: erlangC.occupancy,
      patient: erlangA && { serviceLevel: erlangA.serviceLevel, abandoned: erlangA.abandonment },
    }),
  );
}
