import { nameOf, regionOf, type PortalView } from './portal-data';

/** The name of a province or region; its code when it is not known. */
export function placeName(view: PortalView, code: string): string {
  const region = regionOf(view, code);
  const province = region?.provinces.find((one) => one.code === code);
  return province ? nameOf(province) : region ? nameOf(region) : code;
}
