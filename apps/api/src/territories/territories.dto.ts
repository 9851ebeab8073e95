import { IsOptional, Matches } from 'class-validator';
import { IsDay, parseInstant } from '@app/platform/fields';
import { IsParsed } from '@app/platform/validation';

export class TerritoryQuery {
  /** Local day, today unless given. */
  @IsOptional()
  @IsDay()
  at?: string;
}

export class AnsweringQuery {
  @Matches(/^MA-[0-9A-Z]{2,3}$/)
  placeCode: string;

  /** Instant with its offset, now unless given. */
  @IsOptional()
  @IsParsed('instant', 'invalid_instant', parseInstant)
  at?: Date;
}
