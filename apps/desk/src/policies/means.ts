import { LADDER_MEANS, type LadderStep } from '@app/domain/sla-policy';

type Means = LadderStep['means'][number];

/** A policy may name messages by SMS already; the screens speak of them when they are sent. */
export const isShown = (means: Means): boolean => means !== 'sms';

export const SHOWN_MEANS: readonly Means[] = LADDER_MEANS.filter(isShown);
