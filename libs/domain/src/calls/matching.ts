export const MATCHES = ['none', 'exact', 'probable', 'shared'] as const;
export type Match = (typeof MATCHES)[number];

/** Somebody under whose name a number stands, or was seen. */
export interface Known {
  contactId: string | null;
  associationId: string | null;
  /** On the record itself; else only seen in a message, a signature or an earlier call. */
  onRecord: boolean;
  /** A disabled account is passed over. */
  active: boolean;
}

/**
 * How sure a number says who calls. `exact`: on one record; `shared`: on several, or on those of several associations; `probable`: seen
 * once elsewhere; `none`. A number proposes, it never proves. Only one exact record opens by itself.
 */
export function matchOf(candidates: readonly Known[]): { match: Match; only: Known | null } {
  const known = candidates.filter((one) => one.active);
  const onRecord = known.filter((one) => one.onRecord);
  if (onRecord.length === 1) return { match: 'exact', only: onRecord[0] };
  if (onRecord.length > 1) return { match: 'shared', only: null };
  if (known.length === 1) return { match: 'probable', only: null };
  return { match: known.length > 1 ? 'shared' : 'none', only: null };
}

/** Whether anything of a case may be shown before somebody has checked who speaks. */
export function needsVerification(match: Match): boolean {
  return match !== 'exact';
}
