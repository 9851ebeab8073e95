import { compileCalendar } from '@app/domain/business-hours';
import { LEGAL_FORMS } from '@app/domain/association';
import { conditionProblems, floorProblems, type KnownValues, listProblems } from '@app/domain/policy-list';
import type { AppliedPolicy } from '@app/domain/promise-renewal';
import { type FieldProblem, Refusal } from '@app/domain/refusal';
import { dueAt } from '@app/domain/sla-clock';
import { type PolicyDefinition, PRIORITIES } from '@app/domain/sla-policy';
import { LANGUAGES } from '@app/domain/language';
import { CHANNELS, CONFIDENTIALITIES, KINDS } from '@app/domain/ticket';
import type { ReferenceCopy } from '../directory/reference-data';

/** A policy as its owner wants it. */
export interface PolicyDraft {
  definition: PolicyDefinition;
  /** False: it ends. */
  active: boolean;
}

/** The list as it will be, and what of it changes. */
export interface PlannedPolicies {
  after: AppliedPolicy[];
  policyIds: string[];
  /** Of hubs, below the new floor. */
  ended: AppliedPolicy[];
}

/** In the order in which they are asked: of two at one position the hub's own first. */
export function inOrder(policies: readonly AppliedPolicy[]): AppliedPolicy[] {
  return [...policies].sort((a, b) => a.position - b.position || Number(a.hubId === null) - Number(b.hubId === null));
}

/**
 * The list with the draft in the place of what the policy was. Everything that would be wrong with it is refused with a pointer into
 * the draft, `/definition/…`.
 */
export function planPolicies(
  before: readonly AppliedPolicy[],
  draft: PolicyDraft & Pick<AppliedPolicy, 'policyId' | 'versionId' | 'hubId'>,
  reference: ReferenceCopy,
  now: Date,
): PlannedPolicies {
  const { definition, active, policyId, versionId, hubId } = draft;
  const others = before.filter((one) => one.policyId !== policyId);
  const own: AppliedPolicy = { ...definition, policyId, versionId, hubId };
  const all = inOrder(active ? [...others, own] : others);
  const problems = active ? problemsOf(own, all, reference, now) : [];
  const national = all.filter((one) => one.hubId === null);
  if (hubId === null) problems.push(...listProblems(national));
  if (problems.length > 0) {
    const errors = problems.map((one) => ({ ...one, pointer: `/definition${one.pointer}` }));
    throw new Refusal('validation_failed', 'The policy is not valid.', errors);
  }
  const ended =
    hubId === null ? all.filter((one) => one.hubId !== null && floorProblems(one, national).length > 0) : [];
  const after = all.filter((one) => !ended.includes(one));
  return { after, policyIds: [policyId, ...ended.map((one) => one.policyId)], ended };
}

function problemsOf(own: AppliedPolicy, all: AppliedPolicy[], reference: ReferenceCopy, now: Date): FieldProblem[] {
  const { hubId, policyId } = own;
  const others = all.filter((one) => one.policyId !== policyId);
  const siblings = others.filter((one) => one.hubId === hubId);
  const problems: FieldProblem[] = [];
  if (siblings.some((one) => one.position === own.position)) {
    problems.push({ pointer: '/position', code: 'duplicate', detail: 'Another policy has this position.' });
  }
  const earlier = all.slice(0, all.indexOf(own)).filter((one) => one.hubId === null || one.hubId === hubId);
  problems.push(...conditionProblems(own, knownValues(reference, hubId), earlier));
  const hidden = siblings.filter(
    (one) =>
      all.indexOf(one) > all.indexOf(own) && conditionProblems(one, {}, [own]).some((p) => p.pointer === '/conditions'),
  );
  if (hidden.length > 0) {
    problems.push({ pointer: '/conditions', code: 'hides_another', detail: 'A later policy would never apply again.' });
  }
  if (hubId !== null)
    problems.push(
      ...floorProblems(
        own,
        others.filter((one) => one.hubId === null),
      ),
    );
  problems.push(...reachProblems(own, reference, now));
  return problems;
}

function knownValues({ categories, hubs }: ReferenceCopy, hubId: string | null): KnownValues {
  const leaves = [...categories.values()].filter((one) => one.parentCode);
  const tops = [...categories.values()].filter((one) => !one.parentCode);
  return {
    category: new Set(leaves.map((one) => one.code)),
    category_prefix: new Set(tops.map((one) => one.code)),
    kind: new Set(KINDS),
    channel: new Set(CHANNELS),
    priority: new Set(PRIORITIES),
    confidentiality: new Set(CONFIDENTIALITIES),
    association_type: new Set(LEGAL_FORMS),
    hub: new Set([...hubs.values()].filter((one) => hubId === null || one.id === hubId).map((one) => one.code)),
    language: new Set(LANGUAGES),
  };
}

/** A target that some hub's hours could only use up beyond five years. */
function reachProblems(own: AppliedPolicy, reference: ReferenceCopy, now: Date): FieldProblem[] {
  const hubs = [...reference.hubs.values()].filter((one) => own.hubId === null || one.id === own.hubId);
  const calendars = [...new Set(hubs.map((one) => one.calendarId))].flatMap((id) => reference.calendars.get(id) ?? []);
  return own.targets.flatMap(({ minutes, time }, i) => {
    const far = calendars.some(({ definition }) => {
      try {
        return !dueAt({ startedAt: now, minutes, time, calendar: compileCalendar(definition), pauses: [] });
      } catch {
        return true;
      }
    });
    const detail = 'With the hours of a hub this is due more than five years ahead.';
    return far ? [{ pointer: `/targets/${i}/minutes`, code: 'too_far', detail }] : [];
  });
}
