import { CAPACITY, LIMIT, pointsUsed } from '@app/domain/work/capacity';
import { isFinalItem, isFinalOffer } from '@app/domain/work/work-item';
import type { WorkModel } from './work-model';
import type { ModelItem } from './work-model-rows';

/** What once was, and may not change. */
export interface Memory {
  final: Map<string, string>;
  queuedAt: Map<string, number>;
}

/** The invariants that hold after every step, by number; what is listed is broken. */
export function broken(model: WorkModel, memory: Memory): string[] {
  const problems: string[] = [];
  const say = (sound: boolean, what: string): void => void (sound || problems.push(what));
  const live = new Map<string, string[]>();
  for (const one of model.offers) {
    if (!one.ended) live.set(one.itemId, [...(live.get(one.itemId) ?? []), one.state]);
    if (isFinalOffer(one.state)) say(kept(memory.final, one.id, one.state), `7 ${one.id} changed`);
  }
  for (const accountId of model.agents.keys()) {
    const load = model.loadOf(accountId);
    say(pointsUsed(load) <= CAPACITY, `2 ${accountId} has ${pointsUsed(load)} points`);
    const over = load.some(({ kind }) => load.filter((one) => one.kind === kind).length > (LIMIT[kind] ?? Infinity));
    say(!over, `2 ${accountId} is above a limit`);
  }
  for (const item of model.items.values()) {
    const offers = live.get(item.id) ?? [];
    say(offers.length <= 1, `1 ${item.id} is with ${offers.length}`);
    say(offers.join() === placeOf(item), `6, 15 ${item.id} is ${item.state} with [${offers.join()}]`);
    say(kept(memory.queuedAt, item.id, item.queuedAt.getTime()), `8 ${item.id} lost its place`);
    say(
      item.path.every(({ at }, i) => i === 0 || at >= item.path[i - 1].at),
      `7 ${item.id} went back in time`,
    );
    if (isFinalItem(item.state)) say(kept(memory.final, item.id, item.state), `7 ${item.id} changed`);
  }
  return problems;
}

/** The one offer that an item must have. */
function placeOf({ state }: ModelItem): string {
  if (state === 'queued' || isFinalItem(state)) return '';
  return state === 'offered' ? 'pending' : 'accepted';
}

function kept<Value>(memory: Map<string, Value>, id: string, value: Value): boolean {
  if (!memory.has(id)) memory.set(id, value);
  return memory.get(id) === value;
}
