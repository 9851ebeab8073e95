import type { FieldProblem } from './refusal';

const MAX_TEXT = 500;

/**
 * Reads the fields of an unchecked object and notes each problem under its JSON pointer. Every method returns a value
 * of the right shape even after a problem, so that one pass finds all of them; the caller refuses when there is any.
 */
export class FieldReader {
  private readonly source: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly pointer: string,
    readonly problems: FieldProblem[],
  ) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.source = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject) problems.push({ pointer, code: 'type', detail: 'An object is expected.' });
  }

  problem(name: string, code: string, detail: string): void {
    this.problems.push({ pointer: `${this.pointer}/${name}`, code, detail });
  }

  raw(name: string): unknown {
    return this.source[name];
  }

  /** A text that is not blank, of a length that a list can show. */
  text(name: string): string {
    const value = this.source[name];
    if (typeof value !== 'string' || value.trim() === '') this.problem(name, 'required', 'A text is expected.');
    else if (value.length > MAX_TEXT) this.problem(name, 'too_long', `At most ${MAX_TEXT} characters are expected.`);
    else return value;
    return '';
  }

  flag(name: string): boolean {
    const value = this.source[name];
    if (typeof value !== 'boolean') this.problem(name, 'type', 'True or false is expected.');
    return value === true;
  }

  whole(name: string, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.source[name];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
    this.problem(name, 'out_of_range', `A whole number from ${min} to ${max} is expected.`);
    return min;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const found = allowed.find((one) => one === this.source[name]);
    if (found === undefined) this.problem(name, 'unknown_value', `One of these is expected: ${allowed.join(', ')}.`);
    return found ?? allowed[0];
  }

  manyOf<T extends string>(name: string, allowed: readonly T[]): T[] {
    const values = this.list(name);
    values.forEach((value, i) => {
      if (allowed.every((one) => one !== value)) {
        this.problem(`${name}/${i}`, 'unknown_value', `One of these is expected: ${allowed.join(', ')}.`);
      }
    });
    return allowed.filter((one) => values.includes(one));
  }

  list(name: string): unknown[] {
    const value = this.source[name];
    if (Array.isArray(value)) return value;
    this.problem(name, 'type', 'A list is expected.');
    return [];
  }

  /** Readers of the objects of a list. */
  each(name: string): FieldReader[] {
    return this.list(name).map((value, i) => new FieldReader(value, `${this.pointer}/${name}/${i}`, this.problems));
  }

  /** The reader of an object. */
  inner(name: string): FieldReader {
    return new FieldReader(this.source[name], `${this.pointer}/${name}`, this.problems);
  }
}
