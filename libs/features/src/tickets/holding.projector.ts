import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { followHands, HAND_EVENTS, type Holding } from '@app/domain/holding';
import { dueSteps, escalationOf, type DueStep } from '@app/domain/ladder';
import { breachOnly } from '@app/domain/promise';
import { dueAt } from '@app/domain/sla-clock';
import { targetFor, type Priority } from '@app/domain/sla-policy';
import type { Level } from '@app/domain/ticket';
import { moveCursor, nextEvents, type LogRow } from '@app/platform/log-cursor';
import { ReferenceData } from '../directory/reference-data';
import { REPLAN } from '../sla/replan';
import { planOf } from './clock-writes';

export const HOLDING_PROJECTION = 'holding';
const BATCH = 2_000;
const RELEVANT: ReadonlySet<string> = new Set(HAND_EVENTS);

interface Held {
  id: string;
  hubId: string;
  associationId: string | null;
  priority: Priority;
  level: Level;
  model: { policyVersionId: string; calendarVersionId: string } | null;
  clocks: { id: string; holderId: string; cycle: number; running: boolean; dueAt: string | null }[];
}

const HELD = `
  select t.id, t.hub_id as "hubId", t.association_id as "associationId", t.priority, t.level,
    (select jsonb_build_object('policyVersionId', c.policy_version_id, 'calendarVersionId', c.calendar_version_id)
      from sla_clock c where c.ticket_id = t.id and c.metric <> 'holding' order by c.started_at desc, c.id limit 1) as model,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'holderId', c.holder_id, 'cycle', c.cycle, 'running', c.state = 'running', 'dueAt', c.due_at)
      order by c.started_at) from sla_clock c where c.ticket_id = t.id and c.metric = 'holding'), '[]') as clocks
  from ticket t where t.id = any ($1::uuid[])`;

const START = `
  with x as materialized (
      select * from jsonb_to_recordset($1::jsonb) as x(id uuid, ticket_id uuid, hub_id uuid, association_id uuid, cycle int, holder_id uuid,
        policy_version_id uuid, calendar_version_id uuid, time text, target_minutes int, started_at timestamptz, clock_due_at timestamptz, state text,
        met_at timestamptz, kind text, due_at timestamptz, later_kinds text[], later_dues timestamptz[])),
    clock as (
      insert into sla_clock (id, ticket_id, hub_id, association_id, metric, cycle, holder_id, policy_version_id, calendar_version_id, time, target_minutes,
        started_at, due_at, state, met_at)
      select id, ticket_id, hub_id, association_id, 'holding', cycle, holder_id, policy_version_id, calendar_version_id, time, target_minutes, started_at,
        clock_due_at, state, met_at from x)
  insert into deadline (clock_id, ticket_id, hub_id, association_id, kind, due_at, later_kinds, later_dues)
  select id, ticket_id, hub_id, association_id, kind, due_at, later_kinds, later_dues from x`;

const END = `
  with ended as (
    update sla_clock c set state = 'met', met_at = x.met_at from jsonb_to_recordset($1::jsonb) as x(clock_id uuid, met_at timestamptz)
    where c.id = x.clock_id and c.state = 'running')
  ${REPLAN('$1')}`;

/**
 * Keeps the clocks of who has tickets in hand. It follows the log, so that nobody's act costs more for it; clocks begin and end at the
 * instants of the events.
 */
@Injectable()
export class HoldingProjector {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** Follows until nothing is left; another process at it is left alone. */
  async catchUp(): Promise<void> {
    while ((await this.db.system((tx) => this.batch(tx))) > 0);
  }

  private async batch(tx: TenantTx): Promise<number> {
    const events = await nextEvents(tx, HOLDING_PROJECTION, BATCH);
    if (events.length === 0) return 0;
    const byTicket = new Map<string, LogRow[]>();
    for (const event of events) {
      if (!event.ticketId || !RELEVANT.has(event.type)) continue;
      byTicket.set(event.ticketId, [...(byTicket.get(event.ticketId) ?? []), event]);
    }
    if (byTicket.size > 0) await this.follow(tx, byTicket);
    await moveCursor(tx, HOLDING_PROJECTION, events.at(-1)!);
    return events.length;
  }

  private async follow(tx: TenantTx, byTicket: ReadonlyMap<string, LogRow[]>): Promise<void> {
    const held = await tx.query<Held>('holding-tickets', HELD, [[...byTicket.keys()]]);
    const started: object[] = [];
    const ended: object[] = [];
    for (const ticket of held) {
      const events = byTicket.get(ticket.id)!;
      const running = ticket.clocks.find((clock) => clock.running);
      const climbed = events.find((event) => event.type === 'ticket.escalated');
      const level = climbed ? climbed.data.from : ticket.level;
      const { endedAt, began } = followHands(
        {
          holder: running ?? null,
          national: level === 'national',
          nationalHubId: this.reference.current.nationalHubId,
          now: tx.now,
        },
        events,
      );
      if (running && endedAt) ended.push(end(tx, ticket, running, endedAt));
      for (const holding of began) started.push(...this.start(tx, ticket, holding));
    }
    if (ended.length > 0) await tx.query('holding-end', END, [JSON.stringify(ended)]);
    if (started.length > 0) await tx.query('holding-start', START, [JSON.stringify(started)]);
  }

  /** Nothing where the policy sets no time for it. */
  private start(tx: TenantTx, ticket: Held, holding: Holding): object[] {
    const { policyVersions, calendarVersions } = this.reference.current;
    const policy = policyVersions.get(ticket.model?.policyVersionId ?? '');
    const calendar = calendarVersions.get(ticket.model?.calendarVersionId ?? '');
    const target = policy?.targets && targetFor(policy, ticket.priority, 'holding');
    if (!target || !calendar) return [];
    const shape = { startedAt: holding.from, ...target, calendar: calendar.calendar, pauses: [] };
    const due = dueAt(shape)!;
    const steps = holding.to ? lateOnly(due, holding.to) : dueSteps(shape, escalationOf(policy, 'holding'));
    return [{ ...begin(tx, ticket, holding, due), ...target, target_minutes: target.minutes, ...planOf(steps) }];
  }
}

/** A breach that was due before the end is kept. */
const lateOnly = (due: Date, end: Date): DueStep[] => (due <= end ? breachOnly(due) : []);

function begin(tx: TenantTx, ticket: Held, { holderId, from, to }: Holding, due: Date): object {
  const earlier = ticket.clocks.filter((one) => one.holderId === holderId).map((one) => one.cycle);
  const [id, cycle, state] = [uuid(), 1 + Math.max(0, ...earlier), to ? 'met' : 'running'];
  ticket.clocks.push({ id, holderId, cycle, running: to === null, dueAt: due.toISOString() });
  const about = { clockId: id, metric: 'holding' };
  tell(tx, ticket, 'clock.started', { ...about, cycle, holderId, state: 'running', dueAt: due });
  if (to) tell(tx, ticket, 'clock.met', { ...about, state, metAt: to });
  const { policyVersionId, calendarVersionId } = ticket.model!;
  return {
    ...{ id, ticket_id: ticket.id, hub_id: ticket.hubId, association_id: ticket.associationId, cycle, state },
    ...{ holder_id: holderId, policy_version_id: policyVersionId, calendar_version_id: calendarVersionId },
    ...{ started_at: from, clock_due_at: due, met_at: to },
  };
}

function end(tx: TenantTx, ticket: Held, clock: Held['clocks'][number], at: Date): object {
  clock.running = false;
  const due = clock.dueAt ? new Date(clock.dueAt) : null;
  const steps = due ? lateOnly(due, at) : [];
  tell(tx, ticket, 'clock.met', { clockId: clock.id, metric: 'holding', state: 'met', metAt: at });
  return {
    clock_id: clock.id,
    met_at: at,
    kinds: steps.map((step) => step.kind),
    dues: steps.map((step) => step.at),
  };
}

function tell(tx: TenantTx, ticket: Held, type: 'clock.started' | 'clock.met', data: Record<string, unknown>): void {
  tx.emit({ type, hubId: ticket.hubId, associationId: ticket.associationId, ticketId: ticket.id, data });
}
