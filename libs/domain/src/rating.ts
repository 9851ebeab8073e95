import type { Status } from './ticket';

/** Why a note is what it is; the person may say nothing. */
export const RATING_REASONS = [
  'slow',
  'unclear',
  'incomplete',
  'wrong',
  'unkind',
  'clear',
  'fast',
  'kind',
  'other',
] as const;
export type RatingReason = (typeof RATING_REASONS)[number];

export const LOWEST_SCORE = 1;
export const HIGHEST_SCORE = 5;

/** Whether there is something to rate: an answer was given, or the matter is settled. */
export function mayBeRated({ status, answeredAt }: { status: Status; answeredAt: Date | null }): boolean {
  return answeredAt !== null || status === 'resolved' || status === 'closed';
}
