import { createRoot } from 'react-dom/client';
import { startZone } from '@app/ui/dates';
import { startI18n } from '@app/ui/i18n';
import { pageLocale } from '@app/ui/locale';
import { startTrustedTypes } from '@app/ui/trusted-types';
import { App } from './app';
import { followLanguageOfLink, followSystemTheme } from './session/settings';
import '@fontsource/ibm-plex-sans-arabic/400.css';
import '@fontsource/ibm-plex-sans-arabic/600.css';
import '@mantine/core/styles.layer.css';
import '@app/ui/tokens.css';
import '@app/ui/ui.css';
import './styles/base.css';

const CATALOGUES = {
  fr: () => Promise.all([import('@app/ui/locales/fr.po'), import('./locales/fr.po')]),
  ar: () => Promise.all([import('@app/ui/locales/ar.po'), import('./locales/ar.po')]),
  en: () => Promise.all([import('@app/ui/locales/en.po'), import('./locales/en.po')]),
};

async function start(): Promise<void> {
  startTrustedTypes();
  startZone(document.documentElement.dataset.zone ?? '');
  followSystemTheme();
  if (followLanguageOfLink()) return;
  const locale = pageLocale();
  const [ui, own] = await CATALOGUES[locale]();
  startI18n(locale, ui.messages, own.messages);
  createRoot(document.getElementById('app')!).render(<App />);
}

void start();
