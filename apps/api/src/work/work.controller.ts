import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { DispatcherService } from '@app/features/work/dispatcher.service';
import { HandsService } from '@app/features/work/hands.service';
import { OffersService } from '@app/features/work/offers.service';
import { PresenceService } from '@app/features/work/presence.service';
import { PresenceView } from '@app/features/work/presence-view.dto';
import { AgentListView, CompletedView, OfferListView, WorkListView } from '@app/features/work/work-view.dto';
import { WorkQueries } from '@app/features/work/work.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams } from '../params.dto';
import { PresenceBody, TransferBody } from './work.dto';

@ApiTags('work')
@Controller()
@Allow('work:do')
export class WorkController {
  constructor(
    private readonly presence: PresenceService,
    private readonly offers: OffersService,
    private readonly dispatcher: DispatcherService,
    private readonly queries: WorkQueries,
    private readonly handsService: HandsService,
  ) {}

  /** One's own presence and activity. */
  @Get('me/presence')
  myPresence(@CurrentActor() actor: Actor): Promise<PresenceView> {
    return this.presence.get(actor);
  }

  /** Chooses a presence. With work in hand, leaving waits for its end. */
  @Put('me/presence')
  choose(@CurrentActor() actor: Actor, @Body() { presence, reason }: PresenceBody): Promise<PresenceView> {
    return this.presence.set(actor, presence, reason ?? null);
  }

  /** A sign of life, every 10 s: after 30 s without, no offers come; after 90 s the agent is disconnected. */
  @Post('me/presence/heartbeat')
  @HttpCode(200)
  heartbeat(@CurrentActor() actor: Actor): Promise<PresenceView> {
    return this.presence.heartbeat(actor);
  }

  /** Offers that still stand. */
  @Get('me/offers')
  async myOffers(@CurrentActor() actor: Actor): Promise<OfferListView> {
    return { items: await this.queries.offers(actor) };
  }

  /** What one has in hand. */
  @Get('me/work')
  async myWork(@CurrentActor() actor: Actor): Promise<WorkListView> {
    return { items: await this.queries.hands(actor) };
  }

  /** Takes an offer. Late or twice: `offer_closed`, and nothing changes. */
  @Post('offers/:id/accept')
  @HttpCode(200)
  async accept(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<WorkListView> {
    await this.offers.accept(actor, id);
    return this.myWork(actor);
  }

  /** Declines an offer: the work goes back to its place. */
  @Post('offers/:id/decline')
  @HttpCode(204)
  decline(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<void> {
    return this.offers.decline(actor, id);
  }

  /** Takes the next piece of work; the list is what one then has in hand, unchanged when nothing waits. */
  @Post('work/next')
  @HttpCode(200)
  async next(@CurrentActor() actor: Actor): Promise<WorkListView> {
    await this.dispatcher.takeNext(actor);
    return this.myWork(actor);
  }

  /** Finishes work in hand, or its wrap-up. */
  @Post('work/:id/complete')
  @HttpCode(200)
  async complete(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<CompletedView> {
    return { state: await this.offers.complete(actor, id) };
  }

  /** Lays work in hand aside. */
  @Post('work/:id/hold')
  @HttpCode(200)
  async hold(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<WorkListView> {
    await this.handsService.hold(actor, id);
    return this.myWork(actor);
  }

  /** Takes it up again. */
  @Post('work/:id/resume')
  @HttpCode(200)
  async resume(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<WorkListView> {
    await this.handsService.resume(actor, id);
    return this.myWork(actor);
  }

  /** Gives work away: to a queue of the hub, to a colleague who is asked first, or both. Clocks and place stay. */
  @Post('work/:id/transfer')
  @HttpCode(200)
  async transfer(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() to: TransferBody,
  ): Promise<WorkListView> {
    if (to.queueCode === undefined && to.accountId === undefined) {
      throw Refusal.field('/queueCode', 'required', 'Say to whom or into which queue.');
    }
    await this.handsService.transfer(actor, id, to);
    return this.myWork(actor);
  }

  /** Who is there, does what, since when and with how much. */
  @Get('hubs/:id/agents')
  @Allow('work:watch')
  async agents(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<AgentListView> {
    if (id !== actor.hubId) throw new Refusal('not_found', 'Not found.');
    return { items: await this.queries.agents(actor) };
  }
}
