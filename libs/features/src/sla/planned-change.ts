import type { BusinessCalendar } from '@app/domain/business-hours';
import type { AppliedPolicy, PromiseChangeOf, PromiseRules } from '@app/domain/promise-renewal';
import type { ReferenceCopy } from '../directory/reference-data';

export const CHANGE_REASONS = ['policy', 'calendar', 'holiday', 'season'] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** A change before it is published, or while its clocks are counted again. */
export interface PlannedChange {
  /** The hub whose tickets it may touch; null: all. */
  hubId: string | null;
  why: ChangeReason;
  change: PromiseChangeOf;
  rules: PromiseRules;
}

/** What holds with these policies and, for versions that are not stored yet, these definitions. */
export function rulesOf(
  reference: ReferenceCopy,
  draft: { policies?: readonly AppliedPolicy[]; calendar?: { versionId: string; calendar: BusinessCalendar } } = {},
): PromiseRules {
  const policies = draft.policies ?? reference.policies;
  const drafts = new Map(policies.map((one) => [one.versionId, one]));
  return {
    policies,
    policyOf: (versionId) => drafts.get(versionId) ?? reference.policyVersions.get(versionId),
    calendarOf: (versionId) =>
      versionId === draft.calendar?.versionId
        ? draft.calendar.calendar
        : reference.calendarVersions.get(versionId)!.calendar,
  };
}
