import type { AnswerLanguage, Language } from '@app/domain/language';
import { maskIdentityNumbers } from '@app/domain/mask';
import { pausesFor } from '@app/domain/promise-renewal';
import { dueSteps, escalationOf } from '@app/domain/ladder';
import { dueAt } from '@app/domain/sla-clock';
import { targetFor, type Priority } from '@app/domain/sla-policy';
import type { AdviceLevel, Confidentiality, Kind } from '@app/domain/ticket';
import type { ReferenceData } from '../directory/reference-data';
import type { Act } from './ticket-access';
import { rewriteClocks } from './clock-writes';
import { legalFormsOf, type LegalForms } from './legal-form';
import { chooseQueue, policyFor, saidOf } from './ticket-draft';
import type { TicketRow } from './ticket-row';

export interface TicketChanges {
  subject?: string;
  categoryCode?: string;
  kind?: Kind;
  adviceLevel?: AdviceLevel;
  priority?: Priority;
  confidentiality?: Confidentiality;
  language?: Language;
  answerLanguage?: AnswerLanguage;
  tags?: string[];
  /** `true` asks for it; `false` only takes back what no category demands. */
  needsValidation?: boolean;
}

const ROUTED_BY = ['categoryCode', 'kind', 'confidentiality', 'priority'] as const;
const PROMISED_BY = [
  'categoryCode',
  'kind',
  'confidentiality',
  'priority',
  'language',
  'tags',
  'needsValidation',
] as const;

/** Applies the changes, then lets queue and promise follow; the history says which fields changed, not their text. */
export async function changeTicket(act: Act, changes: TicketChanges, reference: ReferenceData): Promise<void> {
  const { associationId } = act.write.row;
  const forms = await legalFormsOf(act.tx, [associationId], reference);
  applyChanges(act, changes, forms, reference);
}

/** The same where the legal forms of the associations are known already. */
export function applyChanges(act: Act, changes: TicketChanges, forms: LegalForms, reference: ReferenceData): void {
  const { write } = act;
  const before = { ...write.row };
  applyFields(write.row, changes, reference);
  const fields = (Object.keys(changes) as (keyof TicketChanges)[]).filter((field) =>
    differs(before[field], write.row[field]),
  );
  if (fields.length === 0) return;
  write.emit('ticket.changed', { fields, ...enumerated(before, write.row, fields) });
  const touches = (list: readonly string[]) => fields.some((field) => list.includes(field));
  if (touches(ROUTED_BY)) moveToQueue(act, reference);
  if (touches(PROMISED_BY)) renewPromise(act, forms, reference, fields);
}

function applyFields(row: TicketRow, changes: TicketChanges, reference: ReferenceData): void {
  if (changes.categoryCode !== undefined) {
    const category = reference.category(changes.categoryCode);
    Object.assign(row, {
      categoryCode: category.code,
      kind: category.kind,
      adviceLevel: category.adviceLevel,
      needsValidation: category.needsValidation,
    });
    // A category that asks for discretion brings it along; taking it away is a choice of its own.
    if (category.defaultConfidentiality === 'restricted') row.confidentiality = 'restricted';
  }
  const { categoryCode: _, subject, needsValidation, ...rest } = changes;
  if (needsValidation !== undefined) {
    row.needsValidation = needsValidation || reference.categoryOf(row.categoryCode).needsValidation;
  }
  if (subject !== undefined) row.subject = maskIdentityNumbers(subject);
  Object.assign(row, Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)));
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Old and new values of the closed lists; texts and tags are named only. */
function enumerated(before: TicketRow, after: TicketRow, fields: (keyof TicketChanges)[]): Record<string, unknown> {
  const listed = fields.filter((field) => field !== 'subject' && field !== 'tags');
  return {
    before: Object.fromEntries(listed.map((field) => [field, before[field]])),
    after: Object.fromEntries(listed.map((field) => [field, after[field]])),
  };
}

/** The queue by today's rules, when it is another one. */
export function moveToQueue({ write }: Act, reference: ReferenceData): void {
  const { rule, queue } = chooseQueue(saidOf(write.row, reference), reference);
  if (queue.id === write.row.queueId) return;
  const from = write.row.queueId;
  write.row.queueId = queue.id;
  write.emit('ticket.routed', {
    hubId: write.row.hubId,
    from,
    queueId: queue.id,
    ruleId: rule.id,
    ruleVersion: rule.version,
    reason: { fr: rule.reasonFr, ar: rule.reasonAr },
  });
}

/** Live clocks are counted again from their own start and pauses, under the policy that now applies. */
export function renewPromise(act: Act, forms: LegalForms, reference: ReferenceData, fields: string[]): void {
  const { write, found } = act;
  const { associationId } = write.row;
  const legalForm = (associationId && forms.get(associationId)) ?? null;
  const { policy, calendar: published } = policyFor(saidOf(write.row, reference), legalForm, reference);
  const { calendar, versionId: calendarVersionId } = published;
  const { pauses } = found;
  const moved = found.clocks.flatMap((clock) => {
    const target = targetFor(policy, write.row.priority, clock.metric);
    if (!target || (clock.state !== 'running' && clock.state !== 'paused')) return [];
    const shape = {
      startedAt: clock.startedAt,
      minutes: target.minutes,
      time: target.time,
      calendar,
      pauses: pausesFor(policy, clock.metric, pauses),
    };
    const next = {
      ...clock,
      dueAt: dueAt(shape),
      targetMinutes: target.minutes,
      time: target.time,
      policyVersionId: policy.versionId,
      calendarVersionId,
    };
    return [{ clock, next, steps: dueSteps(shape, escalationOf(policy, clock.metric)) }];
  });
  rewriteClocks(write, moved, fields);
}
