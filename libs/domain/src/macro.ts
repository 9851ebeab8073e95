import type { FieldProblem } from './refusal';
import { CONFIDENTIALITIES, STATUSES } from './ticket';
import { PRIORITIES } from './sla-policy';

/** Everything that a macro or a snippet may name; those that the ticket does not know are typed by the agent. */
export const MACRO_VARIABLES = [
  'agent.name',
  'answer.deadline',
  'answer.steps',
  'answer.text',
  'article.link',
  'article.title',
  'association.name',
  'call.date',
  'call.time',
  'callback.attempts',
  'callback.link',
  'callback.slot',
  'contact.name',
  'deadline.date',
  'delay.reason',
  'documents.list',
  'escalation.level',
  'escalation.question',
  'escalation.reason',
  'hub.name',
  'hub.phone',
  'legal.articles',
  'legal.text',
  'legal.version_date',
  'mandate.ends',
  'promise.due',
  'promise.previous_due',
  'rating.link',
  'referral.profession',
  'referral.reason',
  'referral.where',
  'reminder.date',
  'reopen.until',
  'third.name',
  'ticket.done',
  'ticket.link',
  'ticket.question',
  'ticket.reference',
  'validation.date',
  'validation.name',
] as const;
export type MacroVariable = (typeof MACRO_VARIABLES)[number];

/** What a macro does besides its text. The last three wait for parts of the program that read them. */
export const MACRO_ACTIONS = [
  'status',
  'priority',
  'confidentiality',
  'tag',
  'assign',
  'remind_in_working_days',
  'callback_attempt',
  'callback_state',
] as const;
export type MacroActionType = (typeof MACRO_ACTIONS)[number];

export interface MacroAction {
  type: MacroActionType;
  value: string | number;
}

export interface TwinTexts {
  subjectFr: string | null;
  subjectAr: string | null;
  bodyFr: string;
  bodyAr: string;
}

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu;
const FSI = '\u2068';
const PDI = '\u2069';
const TAG = /^[a-z][a-z0-9_]{0,39}$/;
const KNOWN = new Set<string>(MACRO_VARIABLES);

/** Names between double braces, each once, in order of appearance; spaces inside the braces do not count. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1]))];
}

/** Variables of ours that a text still holds, unfilled: such a text must not leave. Other double braces are the author's own. */
export function unfilled(text: string): string[] {
  return variablesOf(text).filter((name) => KNOWN.has(name));
}

/**
 * Fills a text. A value of one line is isolated (U+2068…U+2069), so that references, telephones and dates keep their own direction
 * inside either language; a link stands bare, because a mail program would take the isolate for a part of it; a value of several lines
 * keeps its lines. Blank values count as missing. What is missing stays in its braces and is listed, each once.
 */
export function fillText(
  text: string,
  values: Readonly<Record<string, string | null | undefined>>,
): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const filled = text.replace(VARIABLE, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined;
    if (value) return shown(name, value);
    missing.add(name);
    return `{{${name}}}`;
  });
  return { text: filled, missing: [...missing] };
}

function shown(name: string, value: string): string {
  if (name.endsWith('.link')) return value.replace(CONTROLS, '');
  if (value.includes('\n')) return value;
  return `${FSI}${value.replace(CONTROLS, ' ').trim()}${PDI}`;
}

/**
 * Problems of a pair of texts: an unknown variable, a variable that only one language uses, a subject in one language only.
 * Pointers name the body's fields. An empty list means that the twins say the same.
 */
export function checkTwins(texts: TwinTexts, known: readonly string[] = MACRO_VARIABLES): FieldProblem[] {
  const used = { fr: namesIn(texts.subjectFr, texts.bodyFr), ar: namesIn(texts.subjectAr, texts.bodyAr) };
  const problems = (['fr', 'ar'] as const).flatMap((language) => {
    const pointer = language === 'fr' ? '/bodyFr' : '/bodyAr';
    const other = language === 'fr' ? used.ar : used.fr;
    const unknown = used[language].filter((name) => !known.includes(name));
    const lonely = other.filter((name) => known.includes(name) && !used[language].includes(name));
    return [
      ...unknown.map(() => ({ pointer, code: 'unknown_variable', detail: 'This variable is not known.' })),
      ...lonely.map((name) => ({ pointer, code: 'missing_variable', detail: `The other language uses ${name}.` })),
    ];
  });
  if ((texts.subjectFr === null) !== (texts.subjectAr === null)) {
    const pointer = texts.subjectFr === null ? '/subjectFr' : '/subjectAr';
    problems.push({ pointer, code: 'required', detail: 'Both languages have a subject, or neither.' });
  }
  return problems;
}

const namesIn = (subject: string | null, body: string): string[] => variablesOf(`${subject ?? ''}\n${body}`);

const VALUES: Record<MacroActionType, (value: string | number) => boolean> = {
  status: (value) => (STATUSES as readonly unknown[]).includes(value),
  priority: (value) => (PRIORITIES as readonly unknown[]).includes(value),
  confidentiality: (value) => (CONFIDENTIALITIES as readonly unknown[]).includes(value),
  tag: (value) => typeof value === 'string' && TAG.test(value),
  assign: (value) => value === 'me' || value === 'none',
  remind_in_working_days: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 60,
  callback_attempt: (value) => typeof value === 'string' && TAG.test(value),
  callback_state: (value) => typeof value === 'string' && TAG.test(value),
};

/** Problems of a list of actions: a value that the action does not take, or two that contradict each other. Tags may be several. */
export function checkActions(actions: readonly MacroAction[]): FieldProblem[] {
  return actions.flatMap(({ type, value }, i) => {
    if (!VALUES[type](value)) {
      return [{ pointer: `/actions/${i}/value`, code: 'not_allowed', detail: 'The action does not take this value.' }];
    }
    const again = type !== 'tag' && actions.findIndex((one) => one.type === type) < i;
    return again ? [{ pointer: `/actions/${i}/type`, code: 'repeated', detail: 'Once is enough.' }] : [];
  });
}
