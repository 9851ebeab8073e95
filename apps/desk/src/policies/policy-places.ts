import type { PolicyDefinition } from '@app/domain/sla-policy';
import type { Policy } from './policy-queries';

/** Where a policy may stand: before another, or `null` for after all. */
export interface Place {
  before: Policy | null;
  position: number;
}

const STEP = 100;

/**
 * Places that are free for a policy of an owner: before each policy in use and after the last. Positions are whole numbers; of two at
 * one position the hub's own is asked first, so a hub may always stand right before one of the programme. A gap that is used up is left out.
 */
export function placesFor(all: readonly Policy[], own: { id: string | null; hubId: string | null }): Place[] {
  const others = all.filter((one) => one.active && one.id !== own.id && seen(one, own.hubId));
  const taken = new Set(others.filter((one) => ownerOf(one) === own.hubId).map((one) => one.position));
  const places = others.flatMap((before, at): Place[] => {
    const from = others[at - 1]?.position ?? 0;
    const shares = own.hubId !== null && ownerOf(before) === null && !taken.has(before.position);
    const position = shares ? before.position : from + Math.ceil((before.position - from) / 2);
    return position > from && position <= before.position && !taken.has(position) ? [{ before, position }] : [];
  });
  return [...places, { before: null, position: (others.at(-1)?.position ?? 0) + STEP }];
}

const ownerOf = (policy: Policy): string | null => policy.hub?.id ?? null;
const seen = (policy: Policy, hubId: string | null): boolean =>
  hubId === null ? ownerOf(policy) === null : ownerOf(policy) === null || ownerOf(policy) === hubId;

/** The place where a policy stands now: before the next one. */
export function placeOf(places: readonly Place[], { position }: PolicyDefinition): Place | undefined {
  return places.find((one) => one.before === null || one.before.position >= position);
}
