import { applyDecorators, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, IsUUID, Max, Min, registerDecorator, type ValidationArguments } from 'class-validator';
import { Refusal, type FieldProblem } from '@app/domain/refusal';
import { cleanText, codePoints, hasForbiddenCharacters, hasTooManyMarks, isBlank } from '@app/domain/text';

const MAX_PROBLEMS = 20;

/** Field rules in, problem details out; bodies must be objects, and queries hold single texts. */
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      exceptionFactory: (errors) => invalid(errors.flatMap((error) => problemsOf(error, ''))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom' || !isBodyClass(metadata.metatype)) return super.transform(value, metadata);
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw Refusal.field('', 'object_expected', 'The body must be a JSON object.');
    }
    if (metadata.type === 'body') return super.transform(value, metadata);
    checkTexts(value as Record<string, unknown>);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const errors = error.errors.map((one) => ({ ...one, pointer: `?${one.pointer.slice(1)}` }));
      throw new Refusal(error.code, error.message, errors);
    }
  }
}

function isBodyClass(type: ArgumentMetadata['metatype']): boolean {
  return typeof type === 'function' && ![String, Number, Boolean, Array, Object].includes(type as never);
}

function invalid(errors: FieldProblem[]): Refusal {
  return new Refusal('validation_failed', 'The request has invalid fields.', errors.slice(0, MAX_PROBLEMS));
}

function checkTexts(query: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' && hasForbiddenCharacters(value)) {
      throw Refusal.field(`?${name.slice(0, 60)}`, 'invalid_text', 'The text has a character that cannot be stored.');
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
  isArray: 'list_expected',
  arrayMaxSize: 'too_many',
};

function problemsOf(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.slice(0, 60).replace(/~/g, '~0').replace(/\//g, '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([name, detail]) => {
    const code = error.contexts?.[name]?.code ?? CODES[name] ?? (error.value === undefined ? 'required' : 'invalid');
    return { pointer, code, detail: code === 'unknown_field' ? 'This field is not known here.' : detail };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, pointer))];
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

function textProblem(value: unknown, rule: TextRule): string | null {
  if (typeof value !== 'string') return 'must be a text';
  if ((rule.min ?? 1) > 0 && isBlank(value)) return 'must not be blank';
  if (codePoints(value) > rule.max) return `must have at most ${rule.max} characters`;
  if (hasTooManyMarks(value)) return 'has too many combining marks';
  return null;
}

function CheckText(rule: TextRule): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'text',
      target: target.constructor,
      propertyName: String(property),
      constraints: [rule],
      options: { context: { code: 'invalid_text' } },
      validator: {
        validate: (value: unknown) => textProblem(value, rule) === null,
        defaultMessage: (args?: ValidationArguments) => `${args?.property} ${textProblem(args?.value, rule)}`,
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

/** One object, where a list would pass the nested check unseen. */
export function IsPlainObject(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'plainObject',
      target: target.constructor,
      propertyName: String(property),
      options: { context: { code: 'object_expected' } },
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
