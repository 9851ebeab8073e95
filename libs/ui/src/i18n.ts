import { setupI18n, type Messages } from '@lingui/core';
import { LOCALE_TAGS, type Locale } from './locale';
import { formatNumber } from './numbers';

export type Values = Record<string, string | number>;

const i18n = setupI18n({ missing: (_locale, id) => id });
let current: Locale = 'fr';

/** Once, before the first render; changing the language loads the page anew. */
export function startI18n(locale: Locale, ...catalogues: Messages[]): void {
  current = locale;
  i18n.load(locale, Object.assign({}, ...catalogues) as Messages);
  i18n.activate(locale, LOCALE_TAGS[locale]);
}

/** The words of an area that is loaded later. */
export function addWords(messages: Messages): void {
  i18n.load(current, messages);
}

/** The language of the screen. */
export function screenLocale(): Locale {
  return current;
}

/** Between first-strong isolates, so that a French name does not turn an Arabic sentence round. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/**
 * The text of an id. Text values are isolated; numbers choose the plural form and are shown with Western digits.
 * The catalogues' `#` stands for the formatted number (config/catalogues.mjs compiles it to `name#`).
 */
export function t(id: string, values: Values = {}): string {
  const shown: Values = {};
  for (const [name, value] of Object.entries(values)) {
    shown[name] = typeof value === 'string' ? isolate(value) : value;
    if (typeof value === 'number') shown[`${name}#`] = formatNumber(value);
  }
  return i18n._(id, shown);
}

/** The same without isolates, for values that are words of the catalogues themselves. */
export function plain(id: string, values: Values): string {
  return i18n._(id, values);
}

/** For codes of the API that a newer server may have and this screen does not know yet. */
export function hasText(id: string): boolean {
  return id in i18n.messages;
}
