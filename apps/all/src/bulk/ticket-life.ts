import type { EventType } from '@app/domain/events';
import type { DueStep } from '@app/domain/ladder';
import { stepPromise, type LiveClock, type MovedClock, type PromiseChange } from '@app/domain/promise';
import type { Pause } from '@app/domain/sla-clock';
import type { Status } from '@app/domain/ticket';
import { endsResolution } from '@app/domain/ticket-status';

/** A clock with when the sweeper acts on it. */
export interface LifeClock extends LiveClock {
  metAt: Date | null;
  steps: DueStep[];
  /** Kinds of the steps that are past. */
  done: string[];
  warnedAt: Date | null;
  breachedAt: Date | null;
}

export interface LifeEvent {
  at: Date;
  type: EventType;
  actorId: string | null;
  version: number | null;
  data: Record<string, unknown>;
}

export interface Life {
  status: Status;
  holdReason: string | null;
  assigneeId: string | null;
  version: number;
  nextDueAt: Date | null;
  updatedAt: Date;
  answeredAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

export interface Step {
  to: Status;
  actorId: string;
  humanReply?: boolean;
  holdReason?: string;
  /** The public message that brought it. */
  messageId?: string;
}

/** One ticket's life in memory, by the same rules and with the same events as in the application. */
export class TicketLife {
  readonly events: LifeEvent[] = [];
  readonly pauses: (Pause & { reason: Status })[] = [];
  readonly state: Life;

  constructor(
    readonly clocks: LifeClock[],
    openedAt: Date,
    created: Record<string, unknown>,
  ) {
    this.state = {
      status: 'new',
      holdReason: null,
      assigneeId: null,
      version: 1,
      nextDueAt: new Date(Math.min(...clocks.map((clock) => clock.dueAt!.getTime()))),
      updatedAt: openedAt,
      answeredAt: null,
      resolvedAt: null,
      closedAt: null,
    };
    this.log(openedAt, 'ticket.created', null, {
      status: 'new',
      assigneeId: null,
      clocks: clocks.map((clock) => clock.id),
      ...created,
    });
  }

  /** The dispatcher gives the ticket to somebody. */
  assign(at: Date, to: string): void {
    this.begin(at);
    this.state.assigneeId = to;
    this.log(at, 'ticket.assigned', null, { from: null, to, by: 'system' });
    this.log(at, 'ticket.status-changed', null, { from: 'new', to: 'open', assigneeId: to });
    this.state.status = 'open';
  }

  step(at: Date, { to, actorId, humanReply = false, holdReason, messageId }: Step): void {
    this.begin(at);
    const { assigneeId, status: from } = this.state;
    const change = stepPromise(this.clocks, this.pauses, { from, to, holdPauses: true, humanReply, now: at });
    Object.assign(this.state, { status: to, holdReason: holdReason ?? null, nextDueAt: change.nextDueAt });
    this.stamp(at, to, humanReply);
    for (const moved of change.clocks) this.move(at, actorId, moved);
    this.pause(at, to, change);
    if (from !== to) this.log(at, 'ticket.status-changed', actorId, { from, to, assigneeId });
    if (messageId) this.log(at, 'ticket.replied', actorId, { messageId, outcome: to });
  }

  /** What was due until then, in its order. */
  sweep(until: Date): void {
    const due = this.clocks.flatMap((clock) => clock.steps.map(({ kind, at }) => ({ clock, kind, at })));
    for (const { clock, kind, at } of due.sort((a, b) => a.at.getTime() - b.at.getTime())) {
      if (at > until || clock.state !== 'running') continue;
      clock.steps = clock.steps.filter((step) => step.kind !== kind);
      clock.done.push(kind);
      // Of the ladder only the place counts here: what a step does to people is no matter of bulk.
      if (kind !== 'warn' && kind !== 'breach') continue;
      clock[kind === 'warn' ? 'warnedAt' : 'breachedAt'] = at;
      const data = { clockId: clock.id, metric: clock.metric, kind, dueAt: at };
      this.events.push({
        at,
        type: kind === 'warn' ? 'clock.warned' : 'clock.breached',
        actorId: null,
        version: null,
        data,
      });
    }
  }

  private begin(at: Date): void {
    this.sweep(at);
    this.state.version += 1;
    this.state.updatedAt = at;
  }

  private stamp(at: Date, to: Status, humanReply: boolean): void {
    if (humanReply) this.state.answeredAt = at;
    if (endsResolution(to)) this.state.resolvedAt ??= at;
    if (to === 'closed') this.state.closedAt = at;
  }

  private pause(at: Date, reason: Status, change: PromiseChange): void {
    const open = this.pauses.find((pause) => pause.to === null);
    if (change.closePause && open) open.to = at;
    if (change.openPause) this.pauses.push({ from: at, to: null, reason });
  }

  private move(at: Date, actorId: string, moved: MovedClock): void {
    const clock = this.clocks.find((one) => one.id === moved.id)!;
    const { id: clockId, metric, state, dueAt } = moved;
    Object.assign(clock, moved, { steps: moved.steps.filter((step) => !clock.done.includes(step.kind)) });
    const data = { clockId, metric, state, dueAt, why: 'status' };
    this.log(at, state === 'met' ? 'clock.met' : 'clock.moved', actorId, data);
  }

  private log(at: Date, type: EventType, actorId: string | null, data: Record<string, unknown>): void {
    this.events.push({ at, type, actorId, version: this.state.version, data });
  }
}
