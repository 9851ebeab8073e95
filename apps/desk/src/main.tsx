import { createRoot } from 'react-dom/client';
import { startZone } from '@app/ui/dates';
import { startI18n, t } from '@app/ui/i18n';
import { pageLocale } from '@app/ui/locale';
import { startTrustedTypes } from '@app/ui/trusted-types';
import '@app/ui/tokens.css';
import '@app/ui/ui.css';

const CATALOGUES = {
  fr: () => Promise.all([import('@app/ui/locales/fr.po'), import('./locales/fr.po')]),
  ar: () => Promise.all([import('@app/ui/locales/ar.po'), import('./locales/ar.po')]),
  en: () => Promise.all([import('@app/ui/locales/en.po'), import('./locales/en.po')]),
};

async function start(): Promise<void> {
  startTrustedTypes();
  startZone(document.documentElement.dataset.zone ?? '');
  const locale = pageLocale();
  const [ui, own] = await CATALOGUES[locale]();
  startI18n(locale, ui.messages, own.messages);
  createRoot(document.getElementById('app')!).render(
    <main>
      <h1>{t('desk.document.title')}</h1>
    </main>,
  );
}

void start();
