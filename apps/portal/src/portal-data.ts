import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { screenLocale } from '@app/ui/i18n';
import { recall, remember } from './device';
import { useLoad, type Loaded } from './load';

export type PortalView = components['schemas']['PortalView'];
export type PortalHub = components['schemas']['PortalHub'];
export type PortalTheme = components['schemas']['PortalTheme'];
export type PortalRegion = components['schemas']['PortalRegion'];

let loaded: Promise<PortalView> | null = null;

/** Asked once for the page; the last answer stands in when there is no connection. */
async function loadPortal(): Promise<PortalView> {
  loaded ??= call(api.GET('/api/v1/portal'));
  try {
    const view = await loaded;
    remember('portal', view);
    return view;
  } catch (problem) {
    loaded = null;
    const kept = recall<PortalView>('portal');
    if (kept) return kept;
    throw problem;
  }
}

export function usePortal(): Loaded<PortalView> {
  return useLoad('portal', loadPortal, recall<PortalView>('portal'));
}

/** The name in the language of the screen. */
export function nameOf(named: { nameFr: string; nameAr: string }): string {
  return screenLocale() === 'ar' ? named.nameAr : named.nameFr;
}

export function regionOf(view: PortalView, placeCode: string | null): PortalRegion | undefined {
  return view.regions.find(
    (region) => region.code === placeCode || region.provinces.some((province) => province.code === placeCode),
  );
}

/** The hub that answers for a place. */
export function hubFor(view: PortalView, placeCode: string | null): PortalHub | undefined {
  const region = regionOf(view, placeCode);
  const province = region?.provinces.find((one) => one.code === placeCode);
  const code = province?.hubCode ?? region?.hubCode;
  return view.hubs.find((hub) => hub.code === code);
}
