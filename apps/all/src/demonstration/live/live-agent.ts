import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { MessagesService } from '@app/features/tickets/messages.service';
import { TicketCreateService } from '@app/features/tickets/ticket-create.service';
import type { NewTicket } from '@app/features/tickets/ticket-draft';
import { OffersService } from '@app/features/work/offers.service';
import { PresenceService } from '@app/features/work/presence.service';
import { WorkQueries } from '@app/features/work/work.queries';
import { LOG, type Log } from '@app/platform/log';
import { answerText } from '../answers';
import { LEGAL_QUESTIONS } from '../legal-questions';
import { PRACTICAL_QUESTIONS } from '../practical-questions';
import { questionText } from '../question';
import { SeededRandom } from '../seeded-random';
import { Company } from './company';
import { setStage, QUICK_TAG } from './stage';

const BEAT_MS = 5_000;
const DOMAIN = 'demo.example.org';
const SUPERVISOR = `supervisor.ms@${DOMAIN}`;
/** Takes calls, and enters what is asked there. */
const RECEPTION = `agent.fr-ar.ms@${DOMAIN}`;
/** French at the hub; Arabic comes from the neighbour. */
const DESK = [`agent.fr.ms@${DOMAIN}`, `agent.ar.fm@${DOMAIN}`];
/** The first minutes are dense, then it is a quiet office. */
const DENSE_MS = 180_000;
const ASK_EVERY_MS = { dense: 25_000, quiet: 90_000 };
/** Long enough for the quick promise to be warned about and to run out. */
const ANSWER_AFTER_MS = 100_000;
const MOST_ASKED = 400;
const MOST_OPEN = 60;

type Scene = 'quick' | 'overflow' | 'plain';
const SCENES: readonly Scene[] = ['quick', 'overflow', 'plain'];
const QUESTIONS = [...LEGAL_QUESTIONS, ...PRACTICAL_QUESTIONS];
const CATEGORY: Record<Scene, readonly string[]> = {
  quick: ['CRE.02', 'CRE.03'],
  overflow: ['FIN.01', 'CPT.02'],
  plain: ['CRE.01', 'CRE.04'],
};

/**
 * Keeps the demonstration alive: a question now and then, offers taken and sometimes declined, an answer now and then, all through the
 * services that real people use. Plays nobody as whom somebody is signed in.
 */
export class LiveAgent {
  private readonly company: Company;
  private readonly log: Log;
  private readonly random = new SeededRandom(Date.now() % 1_000_000);
  private readonly started = Date.now();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | null = null;
  private asked = 0;
  private taken = 0;
  private nextAsk = Date.now();
  private nextAnswer = Date.now() + ANSWER_AFTER_MS;

  constructor(private readonly app: INestApplicationContext) {
    this.company = new Company(app.get(TenantDb));
    this.log = app.get<Log>(LOG);
  }

  /** False when there is no demonstration to play in. */
  async start(): Promise<boolean> {
    await this.company.gather();
    const supervisor = this.company.find(SUPERVISOR);
    if (!supervisor) return false;
    await this.quietly('stage', () => setStage(this.app, supervisor));
    this.timer = setInterval(() => this.beat(), BEAT_MS);
    this.beat();
    return true;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  private beat(): void {
    this.beating ??= this.play()
      .catch((error: Error) => this.log.warn({ err: error.message }, 'the demonstration agent missed a beat'))
      .finally(() => (this.beating = null));
  }

  private async play(): Promise<void> {
    await this.company.gather();
    await this.appear(RECEPTION, 'away', 'visitor');
    for (const email of DESK) await this.appear(email, 'available', null);
    if (Date.now() >= this.nextAsk) await this.ask();
    for (const email of DESK) await this.work(email);
  }

  /** A sign of life, and the presence of the role; what a person has chosen meanwhile is hers. */
  private async appear(email: string, to: 'available' | 'away', reason: string | null): Promise<void> {
    const actor = this.company.play(email);
    if (!actor) return;
    const presences = this.app.get(PresenceService);
    const { presence } = await presences.heartbeat(actor);
    if (presence !== to) await this.quietly('presence', () => presences.set(actor, to, reason));
  }

  private async ask(): Promise<void> {
    const dense = Date.now() - this.started < DENSE_MS;
    this.nextAsk = Date.now() + (dense ? ASK_EVERY_MS.dense : ASK_EVERY_MS.quiet);
    if (this.asked >= MOST_ASKED || (await this.open()) >= MOST_OPEN) return;
    const scene = SCENES[this.asked % SCENES.length];
    this.asked += 1;
    const asker = this.askerOf(scene);
    if (!asker) return;
    const key = `demonstration-live-${this.started}-${this.asked}`;
    const input = this.question(scene, asker);
    await this.quietly('ask', () =>
      this.app.get(TicketCreateService).create(asker, input, idempotentRequest(key, 'demonstration', key)),
    );
  }

  private askerOf(scene: Scene): Actor | null {
    const reception = this.company.play(RECEPTION);
    if (scene === 'quick') return reception;
    const hubId = this.company.find(RECEPTION)?.hubId;
    const askers = hubId ? this.company.askers(hubId) : [];
    return askers.length > 0 ? this.random.pick(askers) : null;
  }

  private question(scene: Scene, asker: Actor): NewTicket {
    const code = this.random.pick(CATEGORY[scene]);
    const question = QUESTIONS.find((one) => one.category === code) ?? QUESTIONS[0];
    const text = questionText(question, scene === 'overflow' ? 'ar' : 'fr', this.random);
    const said = { ...text, categoryCode: question.category };
    if (asker.associationId) return said;
    return {
      ...said,
      placeCode: 'MA-MAR',
      channel: 'phone',
      tags: [QUICK_TAG],
      contact: { name: 'Appel de démonstration' },
    };
  }

  /** Takes what is offered, and answers what has been in hand for a while. */
  private async work(email: string): Promise<void> {
    const actor = this.company.play(email);
    if (!actor) return;
    const [offer] = await this.app.get(WorkQueries).offers(actor);
    if (offer) {
      this.taken += 1;
      const offers = this.app.get(OffersService);
      const declines = this.taken % 5 === 4;
      await this.quietly('offer', () => (declines ? offers.decline(actor, offer.id) : offers.accept(actor, offer.id)));
    }
    const hands = await this.app.get(WorkQueries).hands(actor);
    const oldest = hands.find((one) => Date.now() - one.stateSince.getTime() >= ANSWER_AFTER_MS);
    if (!oldest?.ticketId || Date.now() < this.nextAnswer) return;
    this.nextAnswer = Date.now() + 30_000;
    await this.answer(actor, oldest.ticketId, oldest.id);
  }

  private async answer(actor: Actor, ticketId: string, itemId: string): Promise<void> {
    const [ticket] = await this.app
      .get(TenantDb)
      .run(actor, (tx) =>
        tx.query<{ category: string; language: 'fr' | 'ar' }>(
          'demonstration-answered',
          'select category_code as category, answer_language as language from ticket where id = $1',
          [ticketId],
        ),
      );
    if (!ticket) return;
    const body = answerText(ticket.category, ticket.language);
    const request = idempotentRequest(`demonstration-live-${itemId}`, 'demonstration', itemId);
    await this.quietly('answer', () =>
      this.app
        .get(MessagesService)
        .post(actor, ticketId, { kind: 'reply', outcome: 'resolved', body, force: true }, request),
    );
    await this.quietly('complete', () => this.app.get(OffersService).complete(actor, itemId));
  }

  /** What was asked here and still is open. */
  private async open(): Promise<number> {
    const [row] = await this.app
      .get(TenantDb)
      .system((tx) =>
        tx.query<{ open: number }>(
          'demonstration-open',
          `select count(*)::int as open from work_item where hub_id = $1 and state in ('queued', 'offered', 'accepted', 'active', 'held')`,
          [this.company.find(SUPERVISOR)!.hubId],
        ),
      );
    return row.open;
  }

  /** What the rules of the moment refuse is left out. */
  private async quietly(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.log.debug({ what, code: error.code, errors: error.errors }, 'the demonstration agent was refused');
    }
  }
}
