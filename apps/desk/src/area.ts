import type { Messages } from '@lingui/core';
import { lazyRouteComponent } from '@tanstack/react-router';
import { addWords, screenLocale } from '@app/ui/i18n';
import type { Locale } from '@app/ui/locale';

type Words = Record<Locale, () => Promise<{ messages: Messages }>>;

/** Areas that few people open bring their words along. */
const AREAS = {
  calls: {
    fr: () => import('./calls/locales/fr.po'),
    ar: () => import('./calls/locales/ar.po'),
    en: () => import('./calls/locales/en.po'),
  },
  acts: {
    fr: () => import('./acts/locales/fr.po'),
    ar: () => import('./acts/locales/ar.po'),
    en: () => import('./acts/locales/en.po'),
  },
  forms: {
    fr: () => import('./forms/locales/fr.po'),
    ar: () => import('./forms/locales/ar.po'),
    en: () => import('./forms/locales/en.po'),
  },
  intake: {
    fr: () => import('./intake/locales/fr.po'),
    ar: () => import('./intake/locales/ar.po'),
    en: () => import('./intake/locales/en.po'),
  },
  people: {
    fr: () => import('./people/locales/fr.po'),
    ar: () => import('./people/locales/ar.po'),
    en: () => import('./people/locales/en.po'),
  },
  admin: {
    fr: () => import('./admin/locales/fr.po'),
    ar: () => import('./admin/locales/ar.po'),
    en: () => import('./admin/locales/en.po'),
  },
  programme: {
    fr: () => import('./programme/locales/fr.po'),
    ar: () => import('./programme/locales/ar.po'),
    en: () => import('./programme/locales/en.po'),
  },
  rules: {
    fr: () => import('./rules/locales/fr.po'),
    ar: () => import('./rules/locales/ar.po'),
    en: () => import('./rules/locales/en.po'),
  },
  supervise: {
    fr: () => import('./supervise/locales/fr.po'),
    ar: () => import('./supervise/locales/ar.po'),
    en: () => import('./supervise/locales/en.po'),
  },
  system: {
    fr: () => import('./system/locales/fr.po'),
    ar: () => import('./system/locales/ar.po'),
    en: () => import('./system/locales/en.po'),
  },
} satisfies Record<string, Words>;
export type Area = keyof typeof AREAS;

/** Areas with forms: dates, and why a field was refused. */
const WITH_FORMS: readonly Area[] = ['calls', 'people', 'admin', 'intake', 'programme', 'rules', 'supervise', 'system'];

const added = new Map<Area, Promise<unknown>>();

function words(area: Area): Promise<unknown> {
  const own = () => AREAS[area][screenLocale()]().then(({ messages }) => addWords(messages));
  const known = added.get(area) ?? Promise.all([own(), WITH_FORMS.includes(area) ? words('forms') : null]);
  added.set(area, known);
  return known;
}

/** Loads a part of an area together with its words. */
export function areaPart<Module>(area: Area, load: () => Promise<Module>): () => Promise<Module> {
  return async () => (await Promise.all([load(), words(area)]))[0];
}

/** A screen of an area, once its words are there. */
export function areaScreen<Module extends Record<string, unknown>>(
  area: Area,
  load: () => Promise<Module>,
  name: keyof Module & string,
) {
  return lazyRouteComponent(areaPart(area, load) as () => Promise<never>, name as never);
}
