import type { Priority } from '../sla-policy';
import { skillFit, type WaitingItem, type WorkAgent } from './candidates';
import { pointsUsed } from './capacity';

const RANK: Record<Priority, number> = { low: 0, normal: 1, high: 2, urgent: 3 };
/** One class of priority weighs as much as a quarter of the longest wait. */
const PER_CLASS = 25;
const PER_MAX_WAIT = 100;
const MOST_PRESSURE = 40;
/** Before the promise ends, pressure grows over this time. */
const PRESSURE_FROM_MS = 2 * 3_600_000;

/** Whether the item has waited its longest: from then on it goes before every younger one. */
export function isOverdue(item: WaitingItem, now: Date): boolean {
  return now.getTime() - item.queuedAt.getTime() >= item.maxWaitSeconds * 1_000;
}

/** Urgency of waiting work: class, age and nearness of the promise. Only orders items that are not overdue. */
export function scoreOf(item: WaitingItem, now: Date): number {
  const waited = Math.max(0, now.getTime() - item.queuedAt.getTime()) / (item.maxWaitSeconds * 1_000);
  const left = item.dueAt === null ? Infinity : item.dueAt.getTime() - now.getTime();
  const pressure = Math.min(1, Math.max(0, 1 - left / PRESSURE_FROM_MS)) * MOST_PRESSURE;
  return RANK[item.priority] * PER_CLASS + Math.min(1, waited) * PER_MAX_WAIT + pressure;
}

/** Items in the order in which they are offered: what is near by law, the overdue by age, then by score, then the older, then by id. */
export function inOrder<Item extends WaitingItem>(items: readonly Item[], now: Date): Item[] {
  const ranked = items.map((item) => ({ item, overdue: isOverdue(item, now), score: scoreOf(item, now) }));
  ranked.sort((a, b) => {
    const law = Number(b.item.legalNear ?? false) - Number(a.item.legalNear ?? false);
    if (law !== 0) return law;
    if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
    if (!a.overdue && a.score !== b.score) return b.score - a.score;
    return a.item.queuedAt.getTime() - b.item.queuedAt.getTime() || compare(a.item.id, b.item.id);
  });
  return ranked.map(({ item }) => item);
}

/** The better of two candidates for an item comes first: skill fit, then who has least in hand, then longest idle, then id. */
export function compareAgents(item: WaitingItem, a: WorkAgent, b: WorkAgent): number {
  return (
    Number(b.hubId === item.hubId) - Number(a.hubId === item.hubId) ||
    skillFit(b.skills, item.required) - skillFit(a.skills, item.required) ||
    pointsUsed(a.load) - pointsUsed(b.load) ||
    a.idleSince.getTime() - b.idleSince.getTime() ||
    compare(a.accountId, b.accountId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
