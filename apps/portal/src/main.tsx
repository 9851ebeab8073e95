import { createRoot } from 'react-dom/client';
import { startZone } from '@app/ui/dates';
import { startI18n } from '@app/ui/i18n';
import { pageLocale, rememberLocale } from '@app/ui/locale';
import { App } from './app';
import { followScheme } from './scheme';
import '@app/ui/tokens.css';
import '@app/ui/ui.css';
import './portal.css';

const CATALOGUES = {
  fr: () => Promise.all([import('@app/ui/locales/fr.po'), import('./locales/fr.po')]),
  ar: () => Promise.all([import('@app/ui/locales/ar.po'), import('./locales/ar.po')]),
};

async function start(): Promise<void> {
  followScheme();
  startZone(document.documentElement.dataset.zone ?? '');
  const locale = pageLocale() === 'ar' ? 'ar' : 'fr';
  rememberLocale(locale);
  const [ui, own] = await CATALOGUES[locale]();
  startI18n(locale, ui.messages, own.messages);
  const place = document.getElementById('app')!;
  place.replaceChildren(); // what stands there for those whose script does not come
  createRoot(place).render(<App />);
}

void start();
