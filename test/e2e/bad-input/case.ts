/** One bad input with what must come of it; `cases.json` holds them all. */
export interface Case {
  id: string;
  what?: string;
  /** Not built yet: the case is named at the end of the run instead of being run. */
  feature?: string;
  base?: string;
  /** Who asks: a name of the scene, or `nobody`. */
  as?: string;
  method?: string;
  /** Below /api/v1. */
  path?: string;
  /** Anywhere on the server, sent as it is written. */
  absolute?: string;
  query?: string;
  /** Null takes one away. */
  headers?: Record<string, string | null>;
  /** An object is merged into the body of the base. */
  body?: unknown;
  text?: string;
  hex?: string;
  /** Chunks until the server has had enough. */
  endless?: boolean;
  /** Bytes for a bare socket. */
  raw?: string;
  /** Cases of one name must be refused in the same words. */
  same?: string;
  expect: Expected;
}

export interface Expected {
  status: number | number[];
  code?: string;
  pointer?: string;
  /** Code of the field's problem. */
  field?: string;
  /** Part of the answer. */
  answer?: object;
  /** A second look, after a success. */
  then?: { path: string; answer: object };
  maxMs?: number;
  maxBytes?: number;
  /** The connection must be closed behind the answer. */
  closed?: boolean;
  /** Answers on a bare socket. */
  answers?: number;
  /** A header that the answer must not have. */
  without?: string;
  /** A text that must be nowhere in the answer. */
  never?: string;
}

export interface Ready {
  as: string;
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer | 'endless' | null;
}

type Names = Record<string, string>;
type Base = Partial<Case>;

/** A case with its base, its names and its repetitions filled in. */
export function prepare(one: Case, bases: Record<string, Base>, names: Names): Ready {
  const base: Base = one.base ? bases[one.base] : {};
  const given = { ...base, ...one };
  const query = given.query === undefined ? '' : `?${given.query}`;
  const target = fill(given.absolute ?? `/api/v1${given.path}${query}`, names, true);
  const body = bytesOf(one, base, names);
  const headers = fillHeaders({ ...base.headers, ...one.headers }, names);
  const silent = one.headers?.['content-type'] === null;
  if (body !== null && !silent) headers['content-type'] ??= 'application/json';
  return { as: given.as ?? 'nobody', method: given.method ?? 'GET', target, headers, body };
}

/** `{name}` becomes its value, `{x×20}` twenty times `x`. */
export function fill(text: string, names: Names, strict = false): string {
  return text
    .replace(/\{(\{?[^×{]{1,12}?)×(\d+)\}/gu, (_, what: string, times: string) => what.repeat(Number(times)))
    .replace(/\{([a-zA-Z]\w*)\}/g, (whole, name: string) => {
      if (Object.hasOwn(names, name)) return names[name];
      if (strict) throw new Error(`No name ${whole} in the scene.`);
      return whole;
    });
}

/** The same through a whole value; `{"$list": [item, n]}` becomes n items, numbered by `{n}`. */
export function fillAll(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return fill(value, names);
  if (Array.isArray(value)) return value.map((item) => fillAll(item, names));
  if (value === null || typeof value !== 'object') return value;
  if ('$list' in value) {
    const [item, count] = value.$list as [unknown, number];
    return Array.from({ length: count }, (_, n) => fillAll(item, { ...names, n: String(n) }));
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillAll(item, names)]));
}

function fillHeaders(headers: Record<string, string | null>, names: Names): Record<string, string> {
  const kept = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, fill(value, names, true)]));
}

function bytesOf(one: Case, base: Base, names: Names): Buffer | 'endless' | null {
  if (one.endless) return 'endless';
  if (one.hex !== undefined) return Buffer.from(fill(one.hex, names, true), 'hex');
  if (one.text !== undefined) return Buffer.from(fill(one.text, names));
  const body = one.body ?? base.body;
  if (body === undefined) return null;
  return Buffer.from(JSON.stringify(fillAll({ ...(base.body as object), ...(body as object) }, names)));
}
