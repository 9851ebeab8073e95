import { textDirection } from '@app/domain/language';
import type { Locale } from '@app/domain/person';
import { TEXTS, type MailTemplate, type MailText } from './template-texts';

/** What a template is filled with. A paragraph that needs a value which is null is left out. */
export type MailValues = Record<string, string | null>;

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

type Direction = 'ltr' | 'rtl';

const VARIABLE = /\{\{(\w+)\}\}/g;
/** Every control and bidi control: a value may neither break a header nor close its isolate. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu;
const FSI = '\u2068';
const PDI = '\u2069';

/**
 * Fills a template. Values inside a sentence are made one line and isolated, so that references, dates and names keep
 * their own direction; `answer` keeps its lines, each with the direction of its own letters.
 * Throws when a variable was not given at all.
 */
export function renderMail(template: MailTemplate, language: Locale, values: MailValues): RenderedMail {
  return renderText(TEXTS[template][language], language, values);
}

/** The same for any text. */
export function renderText({ subject, paragraphs }: MailText, language: Locale, values: MailValues): RenderedMail {
  const direction: Direction = language === 'ar' ? 'rtl' : 'ltr';
  const shown = paragraphs.filter((paragraph) =>
    variablesIn(paragraph).every((name) => valueOf(values, name) !== null),
  );
  const title = fill(subject, values);
  const blocks = shown.map((paragraph) => htmlOf(paragraph, values, direction));
  return {
    subject: title,
    text: `${shown.map((paragraph) => textOf(paragraph, values)).join('\n\n')}\n`,
    html: page(language, direction, title, blocks),
  };
}

/** One mail in both languages, for somebody whose language is not known; each block says its own language and direction. */
export function renderBoth(texts: Record<Locale, MailText>, first: Locale, values: MailValues): RenderedMail {
  const order: Locale[] = first === 'ar' ? ['ar', 'fr'] : ['fr', 'ar'];
  const subject = order.map((language) => fill(texts[language].subject, values)).join(' · ');
  const text = order.map((language) => texts[language].paragraphs.map((one) => textOf(one, values)).join('\n\n'));
  const blocks = order.map((language) => {
    const direction: Direction = language === 'ar' ? 'rtl' : 'ltr';
    const paragraphs = texts[language].paragraphs.map((one) => htmlOf(one, values, direction));
    return [`<div lang="${language}" dir="${direction}">`, ...paragraphs, '</div>'].join('\n');
  });
  const direction: Direction = first === 'ar' ? 'rtl' : 'ltr';
  return { subject, text: `${text.join('\n\n')}\n`, html: page(first, direction, subject, blocks) };
}

/** Names of the variables in a text, in order of appearance. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map((match) => match[1]);
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

function valueOf(values: MailValues, name: string): string | null {
  const value = values[name];
  if (value === undefined) throw new Error(`The mail has no value for ${name}.`);
  return value;
}

function oneLine(value: string): string {
  return value.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim();
}

function fill(text: string, values: MailValues): string {
  return text.replace(VARIABLE, (_, name: string) => `${FSI}${oneLine(valueOf(values, name) ?? '')}${PDI}`);
}

/** An address stands alone and bare: isolates could become part of it when a mail program makes it a link. */
function textOf(paragraph: string, values: MailValues): string {
  if (paragraph === '{{link}}') return valueOf(values, 'link')!;
  if (paragraph === '{{rate}}') return valueOf(values, 'rate')!;
  if (paragraph === '{{answer}}') return valueOf(values, 'answer')!.trim();
  return fill(paragraph, values);
}

function htmlOf(paragraph: string, values: MailValues, direction: Direction): string {
  if (paragraph === '{{link}}') {
    const link = escapeHtml(valueOf(values, 'link')!);
    return `<p dir="${direction}"><a dir="ltr" href="${link}">${link}</a></p>`;
  }
  if (paragraph === '{{rate}}') return scaleOf(valueOf(values, 'rate')!, direction);
  if (paragraph !== '{{answer}}') return `<p dir="${direction}">${escapeHtml(fill(paragraph, values))}</p>`;
  const lines = valueOf(values, 'answer')!.split(/\r\n?|\n/);
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => `<p dir="${textDirection(line)}">${escapeHtml(line)}</p>`)
    .join('\n');
}

/** Five addresses of one page: each chooses a note there, none gives it. */
function scaleOf(address: string, direction: Direction): string {
  const notes = [1, 2, 3, 4, 5].map(
    (note) => `<a href="${escapeHtml(`${address}?score=${note}`)}">\u00a0${note}\u00a0★</a>`,
  );
  return `<p dir="${direction}">${notes.join(' · ')}</p>`;
}

function page(language: Locale, direction: Direction, title: string, blocks: readonly string[]): string {
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="${direction}">`,
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    `<body lang="${language}" dir="${direction}">`,
    ...blocks,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
