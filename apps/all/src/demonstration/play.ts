import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { BusinessCalendar } from '@app/domain/business-hours';
import { addBusinessTime } from '@app/domain/business-hours';
import { Refusal } from '@app/domain/refusal';
import { MINUTE_MS } from '@app/domain/zone';
import { Sweeper } from '@app/features/sla/sweeper.service';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { TicketCreateService } from '@app/features/tickets/ticket-create.service';
import type { CastMember } from './accounts';
import { Deeds } from './deeds';
import type { LedClock } from './led-clock';
import { Outbox } from './outbox';
import type { Entry } from './script';

interface Scene {
  at: Date;
  run: () => Promise<void>;
}

export interface Played {
  /** Ids of tickets by key of the script. */
  tickets: Map<string, string>;
  /** Deeds that the rules refused, by key. */
  refused: string[];
}

/** The longest delay of the sweeper, as it would run beside. */
const SWEEP_DELAY_MS = 500;

/** Leads the clock through the script: every act, every due deadline and all that follows, each at its own instant. */
export class Play {
  private readonly scenes: Scene[] = [];
  private readonly references = new Map<string, string>();
  private readonly played: Played = { tickets: new Map(), refused: [] };
  private readonly outbox: Outbox;
  private readonly deeds: Deeds;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly stage: { cast: readonly CastMember[]; clock: LedClock; calendar: BusinessCalendar; now: Date },
  ) {
    this.outbox = new Outbox(app);
    this.deeds = new Deeds(app, stage.cast);
  }

  async perform(script: readonly Entry[]): Promise<Played> {
    for (const entry of script) this.plan(entry.at, () => this.enter(entry));
    for (let scene = this.scenes.shift(); scene; scene = this.scenes.shift()) {
      await this.sweepUntil(scene.at);
      this.stage.clock.moveTo(scene.at);
      await scene.run();
      await this.outbox.drain();
    }
    await this.sweepUntil(this.stage.now);
    return this.played;
  }

  /** What lies after now will never be played. */
  private plan(at: Date, run: Scene['run']): void {
    if (at > this.stage.now) return;
    const index = this.scenes.findIndex((scene) => scene.at > at);
    this.scenes.splice(index < 0 ? this.scenes.length : index, 0, { at, run });
  }

  private async enter(entry: Entry): Promise<void> {
    const { key, input, followUpOf } = entry;
    const reference = followUpOf ? this.references.get(followUpOf) : undefined;
    const whole = reference ? { ...input, followUpOf: reference } : input;
    const ticket = await this.app
      .get(TicketCreateService)
      .create(this.enterer(entry), whole, idempotentRequest(`demonstration-${key}`, 'demonstration', key));
    this.played.tickets.set(key, ticket.id);
    this.references.set(key, ticket.reference);
    entry.course.forEach(([minutes, deed], index) => {
      const at = addBusinessTime(this.stage.calendar, entry.at, minutes * MINUTE_MS);
      this.plan(at, () =>
        this.act(`${key}-${index + 1}`, () => this.deeds.perform(`${key}-${index + 1}`, ticket.id, deed)),
      );
    });
  }

  private enterer({ by, association, hub, input }: Entry): Actor {
    const language = /\p{Script=Arabic}/u.test(input.body) ? 'ar' : 'fr';
    const fits = ({ plan, actor }: CastMember): boolean =>
      by === 'agent'
        ? plan.role === 'agent' && plan.hub === hub && plan.languages.length === 1 && plan.languages[0] === language
        : plan.role === by && actor.associationId === association?.id;
    const found = this.stage.cast.find(fits);
    if (!found) throw new Error(`Nobody of the demonstration can ask for ${hub} as ${by}.`);
    return found.actor;
  }

  /** A deed that the rules of the day refuse is left out: the rest of the story goes on. */
  private async act(key: string, deed: () => Promise<void>): Promise<void> {
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.played.refused.push(`${key} ${error.code}`);
    }
  }

  private async sweepUntil(until: Date): Promise<void> {
    const { clock } = this.stage;
    for (;;) {
      const due = await this.nextDue();
      const at = due && new Date(due.getTime() + SWEEP_DELAY_MS);
      if (!at || at > until) return clock.moveTo(until);
      clock.moveTo(at);
      await this.app.get(Sweeper).sweep(at);
      await this.outbox.drain();
    }
  }

  private async nextDue(): Promise<Date | null> {
    const [row] = await this.app
      .get(TenantDb)
      .system((tx) => tx.query<{ due: Date | null }>('demonstration-due', 'select min(due_at) as due from deadline'));
    return row.due;
  }
}
