import { idempotencyKey } from '@app/ui/api';
import { screenLocale } from '@app/ui/i18n';
import { chosenPlace, recallName } from './own';
import { recall, remember } from './device';

export const CONTACT_WAYS = ['email', 'phone', 'here'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];

/** A question on its way; kept on the device until it is sent. */
export interface Draft {
  step: 1 | 2 | 3;
  body: string;
  theme: string;
  categoryCode: string;
  placeCode: string;
  associationName: string;
  way: ContactWay;
  name: string;
  email: string;
  phone: string;
  answerLanguage: 'fr' | 'ar';
  /** Files that the server keeps for this question. */
  files: DraftFile[];
}

export interface DraftFile {
  id: string;
  name: string;
  bytes: number;
}

let current: Draft | null = null;

function blank(): Draft {
  return {
    step: 1,
    body: '',
    theme: '',
    categoryCode: '',
    placeCode: chosenPlace() ?? '',
    associationName: recallName('association'),
    way: 'email',
    name: recallName('name'),
    email: recallName('email'),
    phone: recallName('phone'),
    answerLanguage: screenLocale() === 'ar' ? 'ar' : 'fr',
    files: [],
  };
}

export function draft(): Draft {
  current ??= { ...blank(), ...recall<Partial<Draft>>('draft') };
  return current;
}

/** True when the device kept it. */
export function saveDraft(change: Partial<Draft>): boolean {
  current = { ...draft(), ...change };
  return remember('draft', current);
}

export function dropDraft(): void {
  current = null;
  remember('draft', null);
  remember('attempt', null);
}

/** One key for one content: sent again after a lost answer it creates once, and a changed question is another request. */
export function attemptKey(content: unknown): string {
  const text = JSON.stringify(content);
  const before = recall<{ text: string; key: string }>('attempt');
  if (before?.text === text) return before.key;
  const key = idempotencyKey();
  remember('attempt', { text, key });
  return key;
}

/** What each of the three steps gets. */
export interface StepProps {
  draft: Draft;
  change(change: Partial<Draft>): void;
  next(): void;
}
