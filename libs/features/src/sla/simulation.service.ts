import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { type BusinessCalendar, compileCalendar } from '@app/domain/business-hours';
import type { CalendarDefinition } from '@app/domain/calendar';
import { pausesFor, policiesOf } from '@app/domain/promise-renewal';
import { Refusal } from '@app/domain/refusal';
import { dueAt, type Pause, type SlaClock } from '@app/domain/sla-clock';
import {
  firstMatch,
  type Metric,
  METRICS,
  type PolicyDefinition,
  type PolicyFacts,
  type Priority,
  targetFor,
  type TimeKind,
} from '@app/domain/sla-policy';
import { explainClock } from '@app/domain/simulation';
import { simulationWords } from '@app/domain/simulation-words';
import { MINUTE_MS, toLocalIso } from '@app/domain/zone';
import { type HubRow, ReferenceData } from '../directory/reference-data';
import type { SimulatedClockView, SimulationStepView, SimulationView } from './simulation.dto';

/** A question that nobody has asked, or the draft that would answer it. */
export interface Sample {
  hubId?: string;
  policyId?: string;
  policy?: PolicyDefinition;
  calendarId?: string;
  calendar?: CalendarDefinition;
  startedAt: Date;
  priority: Priority;
  metric?: Metric;
  facts: Partial<PolicyFacts>;
  pauses: Pause[];
}

interface StoredClock {
  metric: Metric;
  cycle: number;
  time: TimeKind;
  targetMinutes: number;
  startedAt: Date;
  dueAt: Date | null;
  policyVersionId: string;
  calendarVersionId: string;
}

const NO_FACTS: Omit<PolicyFacts, 'priority' | 'hub'> = {
  category: null,
  kind: null,
  channel: null,
  confidentiality: null,
  needsValidation: false,
  associationType: null,
  language: null,
  tags: [],
};

/** Why something is due when it is: for samples, drafts and tickets of the past. Nothing is written. */
@Injectable()
export class SimulationService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** @throws Refusal with a pointer to the field that names what is unknown */
  sample(actor: Actor, sample: Sample): SimulationView {
    const hub = this.hubOf(actor, sample.hubId);
    const { policy, versionId } = this.policyOf(hub, sample);
    const calendar = this.calendarOf(hub, sample);
    const metrics = sample.metric ? [sample.metric] : METRICS;
    const clocks = metrics.flatMap((metric) => {
      const target = targetFor(policy, sample.priority, metric);
      if (!target) return [];
      const pauses = pausesFor(policy, metric, sample.pauses);
      const shape = { startedAt: sample.startedAt, ...target, calendar: calendar.compiled, pauses };
      return [simulated(shape, { metric, cycle: 1, storedDueAt: null })];
    });
    if (clocks.length === 0) throw Refusal.field('/metric', 'no_target', 'The policy promises nothing here.');
    return viewOf(hub, sample.priority, { policy, versionId }, calendar.versionId, clocks);
  }

  /** The clocks of a ticket, under the versions that they keep; the caller has checked that the actor may read it. */
  async ofTicket(ticketId: string, clockId?: string): Promise<SimulationView> {
    const { ticket, clocks, pauses } = await this.db.system((tx) => readTicket(tx, ticketId, clockId));
    const { policyVersions, calendarVersions } = this.reference.current;
    const views = clocks.map((clock) => {
      const { startedAt, targetMinutes: minutes, time, metric, cycle, dueAt: storedDueAt } = clock;
      const { calendar } = calendarVersions.get(clock.calendarVersionId)!;
      const counted = pausesFor(policyVersions.get(clock.policyVersionId), metric, pauses);
      return simulated({ startedAt, minutes, time, calendar, pauses: counted }, { metric, cycle, storedDueAt });
    });
    const [first] = clocks;
    if (!first) throw new Refusal('not_found', 'Not found.');
    const policy = { policy: policyVersions.get(first.policyVersionId)!, versionId: first.policyVersionId };
    return viewOf(this.reference.hub(ticket.hubId), ticket.priority, policy, first.calendarVersionId, views);
  }

  private hubOf(actor: Actor, given: string | undefined): HubRow {
    const { hubs, nationalHubId } = this.reference.current;
    if (given !== undefined && actor.hubId && given !== actor.hubId) {
      throw Refusal.field('/hubId', 'unknown', 'This hub is not known.');
    }
    const hub = hubs.get(given ?? actor.hubId ?? nationalHubId);
    if (!hub) throw Refusal.field('/hubId', 'unknown', 'This hub is not known.');
    return hub;
  }

  private policyOf(hub: HubRow, sample: Sample): { policy: PolicyDefinition; versionId: string | null } {
    if (sample.policy) return { policy: sample.policy, versionId: null };
    const policies = policiesOf(this.reference.current.policies, hub.id);
    const found = sample.policyId
      ? policies.find((one) => one.policyId === sample.policyId)
      : firstMatch(policies, { ...NO_FACTS, ...sample.facts, priority: sample.priority, hub: hub.code });
    if (!found) throw Refusal.field('/policyId', 'unknown', 'This policy is not known.');
    return { policy: found, versionId: found.versionId };
  }

  private calendarOf(hub: HubRow, sample: Sample): { compiled: BusinessCalendar; versionId: string | null } {
    if (sample.calendar) return { compiled: compileCalendar(sample.calendar), versionId: null };
    const found = this.reference.current.calendars.get(sample.calendarId ?? hub.calendarId);
    if (!found) throw Refusal.field('/calendarId', 'unknown', 'This calendar is not known.');
    return { compiled: found.calendar, versionId: found.versionId };
  }
}

async function readTicket(tx: TenantTx, ticketId: string, clockId?: string) {
  const [ticket] = await tx.query<{ hubId: string; priority: Priority }>(
    'simulation-ticket',
    'select hub_id as "hubId", priority from ticket where id = $1',
    [ticketId],
  );
  if (!ticket) throw new Refusal('not_found', 'Not found.');
  const clocks = await tx.query<StoredClock>(
    'simulation-clocks',
    `select metric, cycle, time, target_minutes as "targetMinutes", started_at as "startedAt", due_at as "dueAt",
       policy_version_id as "policyVersionId", calendar_version_id as "calendarVersionId"
     from sla_clock where ticket_id = $1 and ($2::uuid is null or id = $2) order by started_at, metric, cycle limit 100`,
    [ticketId, clockId ?? null],
  );
  const pauses = await tx.query<Pause>(
    'simulation-pauses',
    'select from_at as "from", to_at as "to" from sla_pause where ticket_id = $1 order by from_at',
    [ticketId],
  );
  return { ticket, clocks, pauses };
}

function simulated(
  shape: SlaClock,
  of: Pick<SimulatedClockView, 'metric' | 'cycle' | 'storedDueAt'>,
): SimulatedClockView {
  const due = dueAt(shape);
  return {
    ...of,
    targetMinutes: shape.minutes,
    time: shape.time,
    startedAt: shape.startedAt,
    startedLocal: toLocalIso(shape.startedAt),
    dueAt: due,
    dueLocal: due && toLocalIso(due),
    steps: explainClock(shape).map(stepView),
  };
}

function stepView(step: ReturnType<typeof explainClock>[number]): SimulationStepView {
  const { kind, from, to, counted, total, hoursFrom, nameFr, nameAr, provisional } = step;
  const { fr: textFr, ar: textAr } = simulationWords(step);
  const minutes = (ms: number): number => Math.round(ms / 600) / (MINUTE_MS / 600);
  return {
    kind,
    from,
    fromLocal: toLocalIso(from),
    to,
    toLocal: to && toLocalIso(to),
    minutes: minutes(counted),
    totalMinutes: minutes(total),
    hoursFrom,
    nameFr,
    nameAr,
    provisional,
    textFr,
    textAr,
  };
}

function viewOf(
  { id, code, nameFr, nameAr }: HubRow,
  priority: Priority,
  { policy, versionId }: { policy: PolicyDefinition; versionId: string | null },
  calendarVersionId: string | null,
  clocks: SimulatedClockView[],
): SimulationView {
  return {
    hub: { id, code, nameFr, nameAr },
    priority,
    policy: { code: policy.key, nameFr: policy.nameFr, nameAr: policy.nameAr, versionId },
    calendar: { versionId: calendarVersionId },
    clocks,
  };
}
