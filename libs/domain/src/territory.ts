import type { TerritoryRow } from './routing';

/** From `from` on, until the next change that is already planned, a hub answers for a place. */
export interface TerritoryChange {
  placeCode: string;
  hubId: string;
  role: TerritoryRow['role'];
  /** Local day, inclusive. */
  from: string;
}

/**
 * The rows of one place after a change: the row that holds on the day ends the day before, one that begins on it is replaced, later ones
 * stay, and the new row reaches to the first of them. Days are local, `to` is exclusive, null means until further notice. Rows that came
 * in without overlap come out without overlap, so exactly one hub answers on any day (with the national hub where no row holds).
 */
export function changeTerritory(rows: readonly TerritoryRow[], change: TerritoryChange): TerritoryRow[] {
  const { from } = change;
  const own = rows.filter((row) => row.placeCode === change.placeCode);
  const before = own
    .filter((row) => row.from < from)
    .map((row) => (row.to === null || row.to > from ? { ...row, to: from } : row));
  const later = own.filter((row) => row.from > from).sort((a, b) => (a.from < b.from ? -1 : 1));
  return [...before, { ...change, to: later[0]?.from ?? null }, ...later];
}

/**
 * The rows of all places of a hub after it stops answering on a day: each row that holds then, or begins later, goes to the interim hub
 * for the rest of its days. Only the rows of places that change come back.
 */
export function replaceHub(
  rows: readonly TerritoryRow[],
  { hubId, interimHubId, from }: { hubId: string; interimHubId: string; from: string },
): TerritoryRow[] {
  const touched = (row: TerritoryRow): boolean => row.hubId === hubId && (row.to === null || row.to > from);
  const places = new Set(rows.filter(touched).map((row) => row.placeCode));
  return rows
    .filter((row) => places.has(row.placeCode))
    .flatMap((row) => {
      if (!touched(row)) return [row];
      const interim = { ...row, hubId: interimHubId, role: 'interim' as const };
      if (row.from >= from) return [interim];
      return [
        { ...row, to: from },
        { ...interim, from },
      ];
    });
}
