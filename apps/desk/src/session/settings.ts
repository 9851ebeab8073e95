import { LOCALES, pageLocale, rememberLocale, type Locale } from '@app/ui/locale';
import { createStore } from '../data/store';

export type Theme = 'light' | 'dark' | 'auto';
const KEY = 'sanad.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return found === 'light' || found === 'dark' ? found : 'auto';
  } catch {
    return 'auto';
  }
}

export const theme = createStore<Theme>(stored());

export function shownScheme(chosen: Theme): 'light' | 'dark' {
  if (chosen !== 'auto') return chosen;
  return dark.matches ? 'dark' : 'light';
}

/** Both attributes: ours for the tokens, Mantine's for its own style sheet. */
export function applyTheme(): void {
  const scheme = shownScheme(theme.get());
  document.documentElement.dataset.theme = scheme;
  document.documentElement.dataset.mantineColorScheme = scheme;
}

export function chooseTheme(chosen: Theme): void {
  theme.set(chosen);
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Kept for this page only.
  }
  applyTheme();
}

export function followSystemTheme(): void {
  applyTheme();
  dark.addEventListener('change', applyTheme);
}

/** Drafts are on the device: nothing typed is lost by loading the page anew. */
export function chooseLanguage(locale: Locale): void {
  rememberLocale(locale);
  location.reload();
}

/** A link of a mail says its language (`?lang=`): it is taken over once, then the person chooses. Answers whether the page is loaded anew. */
export function followLanguageOfLink(): boolean {
  const address = new URL(location.href);
  const wanted = LOCALES.find((one) => one === address.searchParams.get('lang'));
  if (!wanted) return false;
  address.searchParams.delete('lang');
  history.replaceState(null, '', address);
  if (wanted === pageLocale()) return false;
  chooseLanguage(wanted);
  return true;
}
