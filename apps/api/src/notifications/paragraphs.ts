import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { registerDecorator } from 'class-validator';
import { cleanText, codePoints, hasTooManyMarks, isBlank } from '@app/domain/text';

const MAX_LENGTH = 2_000;

/** Each a text of people, cleaned as every text is. */
export function IsParagraphs(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) =>
      Array.isArray(value) ? value.map((one: unknown) => (typeof one === 'string' ? cleanText(one) : one)) : value,
    ),
    (target: object, property: string | symbol) =>
      registerDecorator({
        name: 'paragraphs',
        target: target.constructor,
        propertyName: String(property),
        validator: {
          validate: (value: unknown) => Array.isArray(value) && value.every(isParagraph),
          defaultMessage: () => `each paragraph must be a text of at most ${MAX_LENGTH} characters`,
        },
      }),
  );
}

function isParagraph(value: unknown): boolean {
  return typeof value === 'string' && !isBlank(value) && codePoints(value) <= MAX_LENGTH && !hasTooManyMarks(value);
}
