import { useQuery } from '@tanstack/react-query';
import { chooseHub, type TerritoryRow } from '@app/domain/routing';
import { t } from '@app/ui/i18n';
import { placesQuery } from '../context/use-place-name';
import { nameOf } from '../ui/names';
import type { ManagedHub, Territory } from './programme-queries';

/** Column and row of each region, as they lie from the strait to the south. West is left in both languages: a map is not mirrored. */
const CELLS: Record<string, [column: number, row: number]> = {
  'MA-01': [4, 1],
  'MA-02': [5, 2],
  'MA-03': [4, 2],
  'MA-04': [3, 2],
  'MA-05': [4, 3],
  'MA-06': [3, 3],
  'MA-07': [3, 4],
  'MA-08': [4, 4],
  'MA-09': [3, 5],
  'MA-10': [2, 5],
  'MA-11': [2, 6],
  'MA-12': [1, 7],
};
const FOREVER = '0000-00-00';

/** Days without a beginning come first. */
export const domainRows = (rows: readonly Territory[]): TerritoryRow[] =>
  rows.map((row) => ({ ...row, from: row.from ?? FOREVER }));

interface RegionMapProps {
  hubs: readonly ManagedHub[];
  rows: readonly Territory[];
  day: string;
  onPlace: (code: string) => void;
}

/** The twelve regions with the hub that answers there; a press shows who did and who will. */
export function RegionMap({ hubs, rows, day, onPlace }: RegionMapProps) {
  const { data } = useQuery(placesQuery);
  const national = hubs.find((hub) => hub.isNational)?.id ?? '';
  const known = domainRows(rows);
  return (
    <>
      <div className="region-map">
        {data?.regions.map((region) => {
          const { hubId, reason } = chooseHub(known, { code: region.code, parentCode: null }, day, national);
          const hub = hubs.find((one) => one.id === hubId);
          const others = region.provinces.filter(
            (one) => chooseHub(known, { code: one.code, parentCode: region.code }, day, national).hubId !== hubId,
          );
          const [column, row] = CELLS[region.code] ?? [1, 1];
          return (
            <button
              key={region.code}
              type="button"
              className={`region ${reason}`}
              style={{ gridColumn: column, gridRow: row }}
              onClick={() => onPlace(region.code)}
            >
              <span className="b">{nameOf(region)}</span>
              <span className="xs">{hub ? nameOf(hub) : ''}</span>
              {others.length > 0 && <span className="xs">{t('programme.map.others', { n: others.length })}</span>}
            </button>
          );
        })}
      </div>
      <p className="row wrap xs mut region-key">
        {(['managing', 'interim', 'national'] as const).map((one) => (
          <span key={one} className="row">
            <i className={`region-dot ${one}`} />
            {t(`programme.map.${one}`)}
          </span>
        ))}
      </p>
    </>
  );
}
