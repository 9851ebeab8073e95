import { registerDecorator, ValidateIf, type ValidationArguments } from 'class-validator';
import { dayNumber } from '@app/domain/zone';

const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';
const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** The field may be left out; null is a value like any other and has to pass the other rules. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Whether the text is a real day `YYYY-MM-DD` from 1900 to 2199. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(dayNumber(value)) && value >= FIRST_DAY && value <= LAST_DAY;
}

/** An instant written with its offset on a real day; null for any other text. */
export function parseInstant(text: string): Date | null {
  const [, day] = INSTANT.exec(text) ?? [];
  return isDay(day) ? new Date(text) : null;
}

/** A real day, `YYYY-MM-DD`. */
export function IsDay(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'day',
      target: target.constructor,
      propertyName: String(property),
      options: { context: { code: 'invalid_date' } },
      validator: {
        validate: isDay,
        defaultMessage: (args?: ValidationArguments) => `${args?.property} must be an existing date YYYY-MM-DD`,
      },
    });
}
