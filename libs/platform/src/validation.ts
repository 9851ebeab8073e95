import { applyDecorators, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  getMetadataStorage,
  IsInt,
  IsUUID,
  Max,
  Min,
  registerDecorator,
  type ValidationArguments,
} from 'class-validator';
import { Refusal, type FieldProblem } from '@app/domain/refusal';
import { cleanText, codePoints, hasForbiddenCharacters, hasTooManyMarks, isBlank } from '@app/domain/text';
import { pointerPart, reachesPrototype } from './body';

const MAX_PROBLEMS = 20;
/** Of each kind of query, so many that were found good are kept. */
const MAX_KNOWN = 200;
const LONGEST_KNOWN = 500;

gatherRulesOnce();

/** Field rules in, problem details out; bodies must be objects, and queries hold single texts. */
export class RequestPipe extends ValidationPipe {
  private readonly known = new Map<unknown, Map<string, unknown>>();

  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      validationError: { value: true }, // tells what is missing from what is wrong
      exceptionFactory: (errors) => invalid(errors.flatMap((error) => problemsOf(error, ''))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom' || !isBodyClass(metadata.metatype)) return super.transform(value, metadata);
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw Refusal.field('', 'object_expected', 'The body must be a JSON object.');
    }
    if (metadata.type === 'body') return super.transform(value, metadata);
    const key = JSON.stringify(value);
    return this.known.get(metadata.metatype)?.get(key) ?? this.checkQuery(value, metadata, key);
  }

  /** Screens ask for the same few queries all day: what a good one becomes is kept. */
  private async checkQuery(value: unknown, metadata: ArgumentMetadata, key: string): Promise<unknown> {
    checkTexts(value as Record<string, unknown>);
    try {
      const query: unknown = Object.freeze(await super.transform(value, metadata));
      const known = this.known.get(metadata.metatype) ?? new Map<string, unknown>();
      if (known.size >= MAX_KNOWN) known.clear();
      if (key.length <= LONGEST_KNOWN) this.known.set(metadata.metatype, known.set(key, query));
      return query;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const errors = error.errors.map((one) => ({ ...one, pointer: `?${one.pointer.slice(1)}` }));
      throw new Refusal(error.code, error.message, errors);
    }
  }
}

/** The rules of a class never change, but class-validator looks through all classes for them at every request. */
function gatherRulesOnce(): void {
  const storage = getMetadataStorage();
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const rules = new Map<unknown, ReturnType<typeof gather>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strict, groups) => {
    const known = rules.get(target) ?? gather(target, schema, always, strict, groups);
    rules.set(target, known);
    return known;
  };
}

function isBodyClass(type: ArgumentMetadata['metatype']): boolean {
  return typeof type === 'function' && ![String, Number, Boolean, Array, Object].includes(type as never);
}

function invalid(errors: FieldProblem[]): Refusal {
  return new Refusal('validation_failed', 'The request has invalid fields.', errors.slice(0, MAX_PROBLEMS));
}

/** Each parameter is given once, as a text that can be stored. */
function checkTexts(query: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(query)) {
    const pointer = `?${pointerPart(name)}`;
    if (reachesPrototype(name)) throw Refusal.field(pointer, 'unknown_field', 'This field is not known here.');
    if (typeof value !== 'string') throw Refusal.field(pointer, 'repeated', 'Give this parameter once.');
    if (hasForbiddenCharacters(value)) {
      throw Refusal.field(pointer, 'invalid_text', 'The text has a character that cannot be stored.');
    }
  }
}

const CODES: Record<string, string> = {
  whitelistValidation: 'unknown_field',
  isDefined: 'required',
  isNotEmpty: 'required',
  isIn: 'not_allowed',
  min: 'out_of_range',
  max: 'out_of_range',
  isInt: 'integer_expected',
  isBoolean: 'boolean_expected',
  isString: 'text_expected',
  isUuid: 'id_expected',
  isEmail: 'email_expected',
  isLength: 'too_long',
  maxLength: 'too_long',
  isArray: 'list_expected',
  arrayMaxSize: 'too_many',
};

function problemsOf(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${pointerPart(error.property)}`;
  const own = Object.entries(error.constraints ?? {}).map(([name, detail]) => {
    const code = codeOf(name, error);
    return { pointer, code, detail: code === 'unknown_field' ? 'This field is not known here.' : detail };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, pointer))];
}

function codeOf(name: string, { contexts, value }: ValidationError): string {
  if (name === 'whitelistValidation') return CODES[name];
  if (value === undefined) return 'required';
  const { code, codeFor } = (contexts?.[name] ?? {}) as { code?: string; codeFor?: (value: unknown) => string };
  return codeFor?.(value) ?? code ?? CODES[name] ?? 'invalid';
}

interface TextRule {
  max: number;
  min?: number;
}

/** Text of people: cleaned, then counted in code points, neither blank nor a tower of marks. */
export function IsText(rule: TextRule): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? cleanText(value) : value)),
    CheckText(rule),
  );
}

function textProblem(value: unknown, rule: TextRule): { code: string; detail: string } | null {
  if (typeof value !== 'string') return { code: 'text_expected', detail: 'must be a text' };
  if ((rule.min ?? 1) > 0 && isBlank(value)) return { code: 'blank', detail: 'must not be blank' };
  if (codePoints(value) > rule.max) return { code: 'too_long', detail: `must have at most ${rule.max} characters` };
  if (hasTooManyMarks(value)) return { code: 'too_many_marks', detail: 'has too many combining marks' };
  return null;
}

function CheckText(rule: TextRule): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'text',
      target: target.constructor,
      propertyName: String(property),
      constraints: [rule],
      options: { context: { codeFor: (value: unknown) => textProblem(value, rule)?.code } },
      validator: {
        validate: (value: unknown) => textProblem(value, rule) === null,
        defaultMessage: (args?: ValidationArguments) => `${args?.property} ${textProblem(args?.value, rule)?.detail}`,
      },
    });
}

/** An id in any case, kept in lower case. */
export function IsId(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsUUID(undefined),
  );
}

/** One object (of each entry, with `each`), where a list would pass the nested check unseen. */
export function IsPlainObject({ each = false } = {}): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'plainObject',
      target: target.constructor,
      propertyName: String(property),
      options: { each, context: { code: 'object_expected' } },
      validator: {
        validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: (args?: ValidationArguments) => `${args?.property} must be an object`,
      },
    });
}

/** A whole number in a query string. */
export function IsCount(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' && /^-?\d{1,12}$/.test(value) ? Number(value) : value)),
    IsInt(),
    Min(min),
    Max(max),
  );
}

/** Any value that `parse` turns into something; what it gives is kept. */
export function IsParsed(name: string, code: string, parse: (value: string) => unknown): PropertyDecorator {
  const read = (value: unknown): unknown => (typeof value === 'string' ? parse(value) : null);
  return applyDecorators(
    Transform(({ value }) => read(value) ?? { refused: true }),
    (target: object, property: string | symbol) =>
      registerDecorator({
        name,
        target: target.constructor,
        propertyName: String(property),
        options: { context: { code } },
        validator: {
          validate: (value: unknown) => !(typeof value === 'object' && value !== null && 'refused' in value),
          defaultMessage: (args?: ValidationArguments) => `${args?.property} is not valid`,
        },
      }),
  );
}
