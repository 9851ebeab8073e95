/** A difference between what is stored and what the log says. Ids, instants and numbers only. */
export interface Finding {
  what: string;
  id: string;
  expected: string;
  found: string;
}

/** A value as a finding shows it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(sorted(value));
}

/** The same content in the same order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** Nothing when both are the same, else one finding. */
export function compare(what: string, id: string, expected: unknown, found: unknown): Finding[] {
  const [should, is] = [shown(expected), shown(found)];
  return should === is ? [] : [{ what, id, expected: should, found: is }];
}
