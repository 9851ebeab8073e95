import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import {
  abandonment,
  answerSpeed,
  callbackShares,
  countService,
  DEFAULT_FORMULA,
  estimatedWait,
  handleTime,
  longestWait,
  missedOffers,
  occupancy,
  SERVICE_FORMULAS,
  serviceLevels,
  share,
  utilisation,
  type CallFact,
  type ServiceCounts,
  type Share,
} from '@app/domain/calls/call-metrics';
import { Refusal } from '@app/domain/refusal';
import { localInstants, localParts } from '@app/domain/zone';
import { agentTimeOf, callbackCountsOf, factsOf, waitingOf, type FactRow } from './call-facts';
import { FIGURE_RULES, LEVEL_RULES } from './call-figures';
import type { CallFigure, CallFigureCode, CallIntervalView, CallReportView, ServiceLevelView } from './call-report.dto';
import { telephonyOf, type Telephony } from './telephony-rows';

const FEW = 20;
const HALF_HOUR_MS = 30 * 60_000;
const MOST_DAYS = 92;

export interface CallReportRequest {
  hubId: string;
  /** Local days, both included. */
  from: string;
  to: string;
  queueCode?: string;
  thresholdSeconds?: number;
}

type Counted = Partial<Omit<CallFigure, 'code' | 'name' | 'formula' | 'unit'>>;

/** Figures over calls: each with its formula, its parts and the list behind it. */
@Injectable()
export class CallReportQueries {
  constructor(private readonly db: TenantDb) {}

  async report(actor: Actor, request: CallReportRequest): Promise<CallReportView> {
    const { hubId, from, to } = request;
    if (actor.role !== 'coordinator' && actor.hubId !== hubId) throw new Refusal('not_found', 'Not found.');
    const range = rangeOf(from, to);
    // As system, because the programme may count calls that it may not read.
    return this.db.system(async (tx) => {
      const settings = await telephonyOf(tx, hubId);
      const rows = await factsOf(tx, hubId, range, request.queueCode ?? null);
      const thresholdSeconds = request.thresholdSeconds ?? settings.serviceLevelSeconds;
      const limits = { thresholdMs: thresholdSeconds * 1_000, shortMs: settings.shortAbandonSeconds * 1_000 };
      const calls = rows.filter((row) => row.direction === 'in');
      const counts = countService(calls, limits);
      return {
        hubId,
        from,
        to,
        thresholdSeconds,
        shortSeconds: settings.shortAbandonSeconds,
        calls: calls.length,
        serviceLevels: levelsOf(counts),
        figures: await figuresOf(tx, { request, range, settings, rows, calls, counts }),
        intervals: intervalsOf(calls, limits.thresholdMs),
      };
    });
  }
}

/** @throws Refusal when the days are in the wrong order or too many */
export function rangeOf(from: string, to: string): { from: Date; to: Date } {
  const [begin] = localInstants(from, 0);
  const [end] = localInstants(to, 0);
  const days = (end.getTime() - begin.getTime()) / 86_400_000;
  if (days < 0) throw Refusal.field('?to', 'before_from', 'The end lies before the beginning.');
  if (days > MOST_DAYS) throw Refusal.field('?to', 'too_long', `A report covers at most ${MOST_DAYS} days.`);
  return { from: begin, to: new Date(end.getTime() + 86_400_000) };
}

function levelsOf(counts: ServiceCounts): ServiceLevelView[] {
  const levels = serviceLevels(counts);
  return SERVICE_FORMULAS.map((formula) => ({
    formula,
    ...LEVEL_RULES[formula],
    ...levels[formula],
    shown: formula === DEFAULT_FORMULA,
  }));
}

interface Basis {
  request: CallReportRequest;
  range: { from: Date; to: Date };
  settings: Telephony;
  rows: FactRow[];
  calls: FactRow[];
  counts: ServiceCounts;
}

async function figuresOf(tx: TenantTx, basis: Basis): Promise<CallFigure[]> {
  const { calls, rows, counts, request, range } = basis;
  const list = (query: string): string => `direction=in&from=${request.from}&to=${request.to}${query}`;
  const count = (of: readonly CallFact[], query: string): Counted => ({ value: of.length, list: list(query) });
  const outcome = (code: string): FactRow[] => calls.filter((one) => one.outcome === code);
  const speed = answerSpeed(calls);
  const handled = handleTime(rows);
  const { net, raw } = abandonment(counts);
  const legs = calls.reduce(
    (sum, one) => ({ offers: sum.offers + one.offers, timedOut: sum.timedOut + one.missedOffers }),
    { offers: 0, timedOut: 0 },
  );
  const time = await agentTimeOf(tx, request.hubId, range, handled.totalMs);
  const owed = await callbackCountsOf(tx, request.hubId, range);
  const waiting = await waitingOf(tx, request.hubId);
  const expected =
    handled.meanMs === null ? null : estimatedWait(waiting.queuedAt.length, handled.meanMs, waiting.serving);
  const parts: Record<CallFigureCode, Counted> = {
    offered: { value: counts.offered, list: list('&outcome=answered,abandoned,called_back,overflowed,voicemail') },
    answered: count(outcome('answered'), '&outcome=answered'),
    abandoned: count(outcome('abandoned').filter((one) => !one.short), '&outcome=abandoned&short=false'),
    missed_calls: count(outcome('abandoned').filter((one) => one.short), '&outcome=abandoned&short=true'),
    closed: count(outcome('closed'), '&outcome=closed'),
    lost: count(outcome('lost'), '&outcome=lost'),
    asa: { value: seconds(speed.meanMs), median: seconds(speed.medianMs), p90: seconds(speed.p90Ms), whole: speed.count, list: list('&outcome=answered') },
    aht: { value: seconds(handled.meanMs), part: seconds(handled.totalMs), whole: handled.handles, list: `from=${request.from}&to=${request.to}&outcome=answered` },
    abandonment: { ...shareOf(net), list: list('&outcome=abandoned&short=false') },
    abandonment_raw: { ...shareOf(raw), list: list('&outcome=abandoned') },
    missed_offers: { ...shareOf(missedOffers(legs)), list: null },
    occupancy: { ...shareOf(time ? occupancy(time) : share(0, 0)), list: null },
    utilisation: { ...shareOf(time ? utilisation(time) : share(0, 0)), list: null },
    callback_reached: { ...shareOf(callbackShares(owed).reached), list: null },
    callback_kept: { ...shareOf(callbackShares(owed).kept), list: null },
    longest_wait: { value: seconds(longestWait(waiting.queuedAt, tx.now)), list: 'direction=in&state=queued,ringing' },
    estimated_wait: { value: seconds(expected), list: null },
  }; // prettier-ignore
  const few = calls.length < FEW;
  return (Object.keys(parts) as CallFigureCode[]).map((code) => ({
    code,
    ...FIGURE_RULES[code],
    ...{ value: null, part: null, whole: null, median: null, p90: null, list: null },
    ...parts[code],
    basis: basisOf(code, basis),
    few,
  }));
}

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 100) / 10);
const shareOf = ({ part, whole, value }: Share): Counted => ({ part, whole, value });

/** What the program itself has seen is measured; what agents wrote down is declared. */
function basisOf(code: CallFigureCode, { calls }: Basis): CallFigure['basis'] {
  if (code.startsWith('callback') || code === 'longest_wait' || code === 'estimated_wait') return 'measured';
  return basisOfCalls(calls);
}

export function basisOfCalls(calls: readonly CallFact[]): CallFigure['basis'] {
  const measured = calls.filter((one) => one.measured).length;
  if (calls.length === 0) return 'none';
  if (measured === calls.length) return 'measured';
  return measured === 0 ? 'declared' : 'mixed';
}

/** By the half-hour of the hub in which they came into the queue. */
function intervalsOf(calls: readonly FactRow[], thresholdMs: number): CallIntervalView[] {
  const groups = new Map<number, FactRow[]>();
  for (const call of calls) {
    const at = Math.floor(call.queuedAt.getTime() / HALF_HOUR_MS) * HALF_HOUR_MS;
    groups.set(at, [...(groups.get(at) ?? []), call]);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([at, own]) => {
      const counts = countService(own, { thresholdMs, shortMs: 0 });
      const { offered, answeredWithin, answeredLater, abandonedShort, abandonedWithin, abandonedLater } = counts;
      const abandoned = abandonedShort + abandonedWithin + abandonedLater;
      const { calledBack, overflowed, voicemail, closed } = counts;
      const answered = answeredWithin + answeredLater;
      return {
        from: new Date(at),
        offered,
        answered,
        abandoned,
        answeredWithin,
        calledBack,
        overflowed,
        voicemail,
        closed,
      };
    });
}

/** The half-hour of the day and the day of the week, in the hub's zone. */
export function placeInWeek(at: Date): { weekday: number; interval: number } {
  const { weekday, minute } = localParts(at);
  return { weekday, interval: Math.floor(minute / 30) };
}
