import { Transform } from 'class-transformer';
import { applyDecorators } from '@nestjs/common';
import { ArrayUnique, IsArray, IsIn } from 'class-validator';
import { parseInstant } from '@app/platform/fields';
import { IsParsed } from '@app/platform/validation';

/** An instant with its offset, such as 2026-11-27T11:50:00Z. */
export const IsInstant = (): PropertyDecorator => IsParsed('instant', 'invalid_instant', parseInstant);

/** One value of a list, or several separated by commas. */
export const IsListOf = (values: readonly string[]): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value)),
    IsArray(),
    ArrayUnique(),
    IsIn(values, { each: true }),
  );

/** `true` or `false` in a query. */
export const IsFlag = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsIn([true, false]),
  );
