import { candidateRoom, type WaitingItem, type WorkAgent } from '@app/domain/work/candidates';
import type { Load } from '@app/domain/work/capacity';
import { dispatch, type PlannedOffer } from '@app/domain/work/dispatch';
import { choosePresence, DISCONNECTED_AFTER_MS, idleSinceOnReturn, isWorking } from '@app/domain/work/presence';
import type { ChosenPresence, Presence } from '@app/domain/work/presence';
import { checkItemMove, type ItemState } from '@app/domain/work/work-item';
import type { WorkEvent } from '@app/domain/work/work-log';
import type { ModelAgent, ModelItem, ModelOffer } from './work-model-rows';

const WRAP_UP_MS = 30_000;

/**
 * The tables and their conditional updates, in memory: each method is one transaction. Dispatchers plan from what they saw and commit
 * later, or never; the clock may step either way.
 */
export class WorkModel {
  readonly items = new Map<string, ModelItem>();
  readonly offers: ModelOffer[] = [];
  readonly agents = new Map<string, ModelAgent>();
  readonly events: WorkEvent[] = [];
  private readonly plans = new Map<number, PlannedOffer[]>();

  constructor(public now: Date) {}

  addAgent(agent: Omit<WorkAgent, 'load'>): void {
    const log = [{ presence: agent.presence, from: this.now, to: null }];
    this.agents.set(agent.accountId, { ...agent, since: this.now, log });
    this.emit('presence.changed', { accountId: agent.accountId, to: agent.presence });
  }

  addItem(item: WaitingItem): void {
    const row = {
      ...item,
      queuedAt: this.now,
      state: 'new' as const,
      accountId: null,
      interruptedBy: null,
      wrapUpUntil: null,
    };
    this.items.set(item.id, { ...row, path: [] });
    this.move(item.id, 'queued');
    this.emit('work.queued', { itemId: item.id });
  }

  plan(dispatcher: number): void {
    this.plans.set(dispatcher, dispatch(this.waiting(), this.views(), this.now));
  }

  crash(dispatcher: number): void {
    this.plans.delete(dispatcher);
  }

  /** Makes what was planned as far as it is still true; returns the offers made. */
  commit(dispatcher: number): ModelOffer[] {
    const planned = this.plans.get(dispatcher) ?? [];
    this.plans.delete(dispatcher);
    return planned.flatMap((plan) => {
      const item = this.items.get(plan.itemId)!;
      if (item.state !== 'queued') return [];
      const room = candidateRoom(this.withMisses(item), this.view(plan.accountId), this.now);
      if (!room) return [];
      this.offersOf(plan.accountId)
        .filter((one) => room.rescinds.includes(one.itemId))
        .forEach((one) => this.release(one, 'rescinded'));
      for (const id of room.suspends) this.suspend(id, item.id);
      this.move(item.id, 'offered');
      const expiresAt = new Date(this.now.getTime() + item.offerSeconds * 1_000);
      const { accountId, itemId } = plan;
      const offer = {
        id: `offer-${this.offers.length}`,
        itemId,
        accountId,
        state: 'pending' as const,
        expiresAt,
        ended: false,
      };
      this.offers.push(offer);
      this.emit('offer.made', { itemId, offerId: offer.id, accountId });
      return [offer];
    });
  }

  /** False = refused, and nothing has changed. */
  accept(accountId: string, offer: ModelOffer): boolean {
    if (!this.stands(accountId, offer)) return false;
    Object.assign(offer, { state: 'accepted' });
    this.move(offer.itemId, 'accepted');
    this.items.get(offer.itemId)!.accountId = accountId;
    this.move(offer.itemId, 'active');
    this.emit('offer.accepted', { itemId: offer.itemId, offerId: offer.id, accountId, to: 'active' });
    return true;
  }

  decline(accountId: string, offer: ModelOffer): boolean {
    if (!this.stands(accountId, offer)) return false;
    this.release(offer, 'rejected');
    return true;
  }

  /** From work to wrap-up, from wrap-up to the end. */
  complete(accountId: string, itemId: string): boolean {
    const item = this.items.get(itemId)!;
    if (item.accountId !== accountId || item.interruptedBy) return false;
    if (item.state === 'active' || item.state === 'held') {
      this.move(itemId, 'wrap_up');
      item.wrapUpUntil = new Date(this.now.getTime() + WRAP_UP_MS);
      this.emit('work.moved', { itemId, accountId, to: 'wrap_up' });
      return true;
    }
    if (item.state !== 'wrap_up') return false;
    this.end(item);
    return true;
  }

  choose(accountId: string, to: ChosenPresence): void {
    const agent = this.agents.get(accountId)!;
    agent.heartbeatAt = this.now;
    if (to !== 'available') this.rescindAll(accountId);
    if (choosePresence(to, this.loadOf(accountId)) === 'later') agent.pendingPresence = to;
    else this.change(agent, to);
  }

  heartbeat(accountId: string): void {
    const agent = this.agents.get(accountId)!;
    agent.heartbeatAt = new Date(Math.max(this.now.getTime(), agent.heartbeatAt?.getTime() ?? 0));
  }

  sweep(): void {
    for (const offer of this.offers.filter((one) => one.state === 'pending' && one.expiresAt <= this.now)) {
      this.release(offer, 'timed_out');
      const agent = this.agents.get(offer.accountId)!;
      if (agent.presence === 'available') this.change(agent, 'not_responding');
    }
    for (const agent of this.agents.values()) {
      const lost = this.now.getTime() - agent.heartbeatAt!.getTime() > DISCONNECTED_AFTER_MS;
      if (!lost || agent.presence === 'offline' || agent.presence === 'disconnected') continue;
      this.rescindAll(agent.accountId);
      this.change(agent, 'disconnected');
    }
    for (const item of this.items.values()) {
      if (item.state === 'wrap_up' && item.wrapUpUntil! <= this.now) this.end(item);
    }
  }

  waiting(): WaitingItem[] {
    return [...this.items.values()].filter((item) => item.state === 'queued').map((item) => this.withMisses(item));
  }

  views(): WorkAgent[] {
    return [...this.agents.keys()].map((id) => this.view(id));
  }

  loadOf(accountId: string): Load[] {
    return this.offersOf(accountId).map(({ itemId, state }) => {
      const { kind, cost, interruptedBy, state: at } = this.items.get(itemId)!;
      const shown = state === 'pending' ? 'offered' : (at as Load['state']);
      return { itemId, kind, cost, suspended: interruptedBy !== null, state: shown };
    });
  }

  private view(accountId: string): WorkAgent {
    return { ...this.agents.get(accountId)!, load: this.loadOf(accountId) };
  }

  private withMisses(item: ModelItem): WaitingItem {
    return { ...item, misses: this.misses.get(item.id) ?? [] };
  }

  private readonly misses = new Map<string, { accountId: string; at: Date }[]>();

  private offersOf(accountId: string): ModelOffer[] {
    return this.offers.filter((one) => one.accountId === accountId && !one.ended);
  }

  private stands(accountId: string, offer: ModelOffer): boolean {
    return offer.accountId === accountId && offer.state === 'pending' && offer.expiresAt > this.now;
  }

  private release(offer: ModelOffer, state: 'rejected' | 'timed_out' | 'rescinded'): void {
    const { itemId, accountId, id: offerId } = offer;
    Object.assign(offer, { state, ended: true });
    this.move(itemId, 'queued');
    const type = { rejected: 'offer.declined', timed_out: 'offer.timed-out', rescinded: 'offer.rescinded' }[state];
    this.emit(type, { itemId, offerId, accountId });
    if (state !== 'rescinded')
      this.misses.set(itemId, [...(this.misses.get(itemId) ?? []), { accountId, at: this.now }]);
    this.resume(itemId, accountId);
  }

  private rescindAll(accountId: string): void {
    for (const one of this.offersOf(accountId)) if (one.state === 'pending') this.release(one, 'rescinded');
  }

  private suspend(itemId: string, by: string): void {
    const item = this.items.get(itemId)!;
    if (item.state !== 'held') this.move(itemId, 'held');
    item.interruptedBy = by;
    this.emit('work.moved', { itemId, accountId: item.accountId, to: 'held' });
  }

  private resume(by: string, accountId: string): void {
    for (const item of this.items.values()) {
      if (item.interruptedBy !== by) continue;
      item.interruptedBy = null;
      this.move(item.id, 'active');
      this.emit('work.moved', { itemId: item.id, accountId, to: 'active' });
    }
  }

  private end(item: ModelItem): void {
    const { id: itemId, accountId } = item;
    this.move(itemId, 'completed');
    this.offers.find((one) => one.itemId === itemId && !one.ended)!.ended = true;
    this.emit('work.ended', { itemId, accountId, outcome: 'completed' });
    const agent = this.agents.get(accountId!)!;
    agent.idleSince = this.now;
    this.resume(itemId, accountId!);
    if (agent.pendingPresence && !isWorking(this.loadOf(accountId!))) this.change(agent, agent.pendingPresence);
  }

  private change(agent: ModelAgent, to: Presence): void {
    agent.pendingPresence = null;
    if (agent.presence === to) return;
    const at = new Date(Math.max(this.now.getTime(), agent.since.getTime() + 1));
    if (to === 'available') agent.idleSince = idleSinceOnReturn(agent.idleSince, agent.since, at);
    agent.log.at(-1)!.to = at;
    agent.log.push({ presence: to, from: at, to: null });
    Object.assign(agent, { presence: to, since: at });
    this.emit('presence.changed', { accountId: agent.accountId, to });
  }

  private move(itemId: string, to: ItemState): void {
    const item = this.items.get(itemId)!;
    checkItemMove(item.state, to);
    const last = item.path.at(-1)?.at ?? item.queuedAt;
    item.path.push({ state: to, at: last > this.now ? last : this.now });
    item.state = to;
    if (to !== 'wrap_up') item.wrapUpUntil = null;
  }

  private emit(type: string, data: Record<string, unknown>): void {
    this.events.push({ type, data });
  }
}
