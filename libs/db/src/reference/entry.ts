import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '@app/domain/refusal';
import { dayNumber } from '@app/domain/zone';

/** One thing wrong in the reference files; the message names the file and the entry. */
export class ReferenceProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ReferenceProblem';
  }
}

/** A value of a reference file with its place in it. Every reader gives the right type or names what is wrong. */
export class Entry {
  constructor(
    readonly value: unknown,
    private readonly place: string,
    private readonly inner = '',
  ) {}

  static ofFile(dir: string, file: string): Entry {
    try {
      return new Entry(JSON.parse(readFileSync(path.join(dir, file), 'utf8')), file);
    } catch (error) {
      throw new ReferenceProblem(`${file}: ${(error as Error).message}`);
    }
  }

  fail(inner: string, problem: string): never {
    const at = joined(this.inner, inner);
    throw new ReferenceProblem(`${this.place}: ${at ? `${at} ` : ''}${problem}`);
  }

  /** The member as it is; missing is not null. */
  get(key: string): unknown {
    if (typeof this.value !== 'object' || this.value === null) this.fail('', 'must be an object');
    const found = (this.value as Record<string, unknown>)[key];
    return found === undefined ? this.fail(key, 'is missing') : found;
  }

  inside(key: string): Entry {
    const value = this.get(key);
    if (typeof value !== 'object' || value === null) this.fail(key, 'must be an object');
    return new Entry(value, this.place, joined(this.inner, key));
  }

  /** The entries of a list in a file, each named by its position and its `name` member. */
  entries(list: string, name: string): Entry[] {
    return this.list(list).map((value, i) => {
      const label = (value as Record<string, unknown> | null)?.[name];
      return new Entry(value, `${this.place}: ${list}[${i}]${typeof label === 'string' ? ` "${label}"` : ''}`);
    });
  }

  /** The members of a list inside an entry. */
  each(key: string): Entry[] {
    return this.list(key).map((value, i) => new Entry(value, this.place, joined(this.inner, `${key}[${i}]`)));
  }

  list(key: string): unknown[] {
    const value = this.get(key);
    return Array.isArray(value) ? value : this.fail(key, 'must be a list');
  }

  text(key: string): string {
    const value = this.get(key);
    return typeof value === 'string' && value.trim() !== '' ? value : this.fail(key, 'must be a text');
  }

  textOrNull(key: string): string | null {
    return this.get(key) === null ? null : this.text(key);
  }

  texts(key: string): string[] {
    const wrong = this.list(key).findIndex((one) => typeof one !== 'string' || one === '');
    return wrong < 0 ? (this.list(key) as string[]) : this.fail(`${key}[${wrong}]`, 'must be a text');
  }

  matching(key: string, pattern: RegExp, what: string): string {
    const value = this.text(key);
    return pattern.test(value) ? value : this.fail(key, `must be ${what}`);
  }

  flag(key: string): boolean {
    const value = this.get(key);
    return typeof value === 'boolean' ? value : this.fail(key, 'must be true or false');
  }

  count(key: string, least = 0): number {
    const value = this.get(key);
    if (Number.isInteger(value) && (value as number) >= least) return value as number;
    return this.fail(key, least > 0 ? 'must be a positive whole number' : 'must be a whole number, zero or more');
  }

  day(key: string): string {
    const value = this.text(key);
    return Number.isNaN(dayNumber(value)) ? this.fail(key, 'must be an existing date YYYY-MM-DD') : value;
  }

  dayOrNull(key: string): string | null {
    return this.get(key) === null ? null : this.day(key);
  }

  oneOf<T extends string>(key: string, known: readonly T[]): T {
    const value = this.text(key);
    return known.find((one) => one === value) ?? this.fail(key, `must be one of ${known.join(', ')}`);
  }

  manyOf<T extends string>(key: string, known: readonly T[]): T[] {
    return this.texts(key).map((value, i) => {
      return known.find((one) => one === value) ?? this.fail(`${key}[${i}]`, `must be one of ${known.join(', ')}`);
    });
  }

  /** A code that another entry has. */
  known(key: string, codes: ReadonlySet<string>, what: string): string {
    const value = this.text(key);
    return codes.has(value) ? value : this.fail(key, `names an unknown ${what}: ${value}`);
  }

  manyKnown(key: string, codes: ReadonlySet<string>, what: string): string[] {
    const values = this.texts(key);
    const wrong = values.findIndex((value) => !codes.has(value));
    return wrong < 0 ? values : this.fail(`${key}[${wrong}]`, `names an unknown ${what}: ${values[wrong]}`);
  }

  /** Runs a rule of the domain; its first problem becomes one of this entry, in the spelling of the files. */
  checked<T>(rule: () => T): T {
    try {
      return rule();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [first] = error.errors;
      const pointer = first?.pointer ?? '';
      const inner = pointer
        .replace(/\/(\d+)/g, '[$1]')
        .replace(/^\//, '')
        .replaceAll('/', '.');
      const spelled = inner.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return this.fail(spelled, `is not valid: ${first?.detail ?? error.message}`);
    }
  }
}

/** The codes of entries, each used once. */
export function uniqueCodes(entries: readonly Entry[], key: string): Set<string> {
  const codes = new Set<string>();
  for (const entry of entries) {
    const code = entry.text(key);
    if (codes.has(code)) entry.fail(key, `is used twice: ${code}`);
    codes.add(code);
  }
  return codes;
}

function joined(outer: string, inner: string): string {
  return outer && inner ? `${outer}.${inner}` : outer || inner;
}
