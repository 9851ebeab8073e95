/** The fields of a body in whatever form it came: each name with its values in order. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** The first value of the first name that has one that is not blank; spaces around it do not count. Null when there is none. */
export function first(fields: Fields, ...names: string[]): string | null {
  for (const name of names) {
    const value = all(fields, name)[0];
    if (value !== undefined) return value;
  }
  return null;
}

/** All values that are not blank, under `name`, `name[]` and `name[0]`. */
export function all(fields: Fields, name: string): string[] {
  const values = [...fields].filter(([key]) => key === name || key.replace(/\[\d*\]$/, '') === name);
  return values
    .flatMap(([, list]) => list)
    .map((value) => value.trim())
    .filter(Boolean);
}

/** A number that is not negative, in seconds, as milliseconds; undefined for anything else. */
export function secondsMs(text: string | null): number | undefined {
  if (text === null || !/^\d{1,7}(\.\d{1,6})?$/.test(text)) return undefined;
  return Math.round(Number(text) * 1_000);
}

/** JSON of one object as fields; objects inside are told with dots, lists keep their order. */
export function fieldsOfJson(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, string[]>();
  const add = (name: string, one: unknown, depth: number): void => {
    if (one === null || one === undefined || depth > 3) return;
    if (Array.isArray(one)) one.forEach((item) => add(name, item, depth + 1));
    else if (typeof one === 'object') {
      for (const [key, inner] of Object.entries(one)) add(`${name}.${key}`, inner, depth + 1);
    } else fields.set(name, [...(fields.get(name) ?? []), String(one as string | number | boolean)]);
  };
  for (const [key, inner] of Object.entries(value)) add(key, inner, 0);
  return fields;
}

/** Name and value pairs of a form as fields. */
export function fieldsOfPairs(pairs: Iterable<[string, string]>): Fields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) fields.set(name, [...(fields.get(name) ?? []), value]);
  return fields;
}
