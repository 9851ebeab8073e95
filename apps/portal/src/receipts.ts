import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { attemptKey, dropDraft, type Draft } from './ask-draft';
import { rememberRequest } from './device';
import { rememberNames } from './own';

export type Receipt = components['schemas']['PortalReceipt'];
const LAST = 'sanad.receipt';

/** What was asked last in this tab, for the page that says so. */
export function lastReceipt(): Receipt | null {
  try {
    return JSON.parse(sessionStorage.getItem(LAST) ?? 'null') as Receipt | null;
  } catch {
    return null;
  }
}

function keepReceipt(receipt: Receipt): void {
  try {
    sessionStorage.setItem(LAST, JSON.stringify(receipt));
  } catch {
    // The page after sending then has only what the device list holds.
  }
}

const given = (text: string): string | undefined => text.trim() || undefined;

const idsOf = ({ files }: Draft): string[] | undefined => (files.length > 0 ? files.map((file) => file.id) : undefined);

/** Sends a question without an account; the same question sent again after a lost answer creates once. */
export async function sendAnonymously(draft: Draft): Promise<Receipt> {
  const body = {
    body: draft.body.trim(),
    categoryCode: draft.categoryCode,
    placeCode: draft.placeCode,
    associationName: given(draft.associationName),
    name: given(draft.name),
    email: draft.way === 'email' ? given(draft.email) : undefined,
    phone: draft.way === 'phone' ? given(draft.phone) : undefined,
    preferredLanguage: draft.answerLanguage,
    uploadIds: idsOf(draft),
  };
  const receipt = await call(
    api.POST('/api/v1/portal/requests', { body, params: { header: { 'Idempotency-Key': attemptKey(body) } } }),
  );
  keepReceipt(receipt);
  rememberRequest({
    reference: receipt.reference,
    subject: receipt.subject,
    code: receipt.followUpCode,
    status: 'new',
    dueLocal: receipt.firstResponse?.dueLocal ?? null,
  });
  rememberNames({
    name: draft.name,
    association: draft.associationName,
    ...(body.email ? { email: body.email } : {}),
    ...(body.phone ? { phone: body.phone } : {}),
  });
  dropDraft();
  return receipt;
}

const SUBJECT = 120;

/** The first line, cut at a word: what lists show. */
export function subjectOf(body: string): string {
  const line = body.trim().split(/\r?\n/)[0].replace(/\s+/g, ' ');
  if (line.length <= SUBJECT) return line;
  return `${line.slice(0, SUBJECT).replace(/\s+\S*$/, '')}…`;
}

/** Sends a question of somebody signed in; the reference. */
export async function sendSignedIn(draft: Draft): Promise<string> {
  const body = {
    subject: subjectOf(draft.body),
    body: draft.body.trim(),
    categoryCode: draft.categoryCode,
    ...(draft.placeCode ? { placeCode: draft.placeCode } : {}),
    uploadIds: idsOf(draft),
  };
  const ticket = await call(
    api.POST('/api/v1/tickets', { body, params: { header: { 'Idempotency-Key': attemptKey(body) } } }),
  );
  rememberRequest({
    reference: ticket.reference,
    subject: ticket.subject,
    status: ticket.status,
    dueLocal: ticket.nextDueLocal,
  });
  dropDraft();
  return ticket.reference;
}
