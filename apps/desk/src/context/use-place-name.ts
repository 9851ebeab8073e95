import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call } from '@app/ui/api';
import { nameOf } from '../ui/names';

const HOUR = 3_600_000;

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: () => call(api.GET('/api/v1/portal')),
  staleTime: HOUR,
});

/** Name of a province or region; its code until the names are there. */
export function usePlaceName(code: string | null): string | null {
  const { data } = useQuery(placesQuery);
  for (const region of data?.regions ?? []) {
    if (region.code === code) return nameOf(region);
    const province = region.provinces.find((one) => one.code === code);
    if (province) return nameOf(province);
  }
  return code;
}
