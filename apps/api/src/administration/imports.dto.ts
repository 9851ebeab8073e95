import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IMPORT_FIELDS, type ImportField } from '@app/features/administration/import-columns';
import { IsId, IsPlainObject } from '@app/platform/validation';

export class ImportColumnBody {
  @IsIn(IMPORT_FIELDS)
  field: ImportField;

  /** Counted from 0. */
  @IsInt()
  @Min(0)
  @Max(100)
  column: number;
}

export class ImportPreviewBody {
  /** A workbook (xlsx) that was handed in before. */
  @IsOptional()
  @IsId()
  uploadId?: string;

  /** The text of a list, separated by commas, semicolons or tabs. */
  @IsOptional()
  @IsString()
  @MaxLength(240_000)
  csv?: string;

  /** What the columns hold; guessed from their headings when left out. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ImportColumnBody)
  mapping?: ImportColumnBody[];
}

export class ImportDecisionBody {
  @IsInt()
  @Min(2)
  @Max(2_000)
  row: number;

  /** `join` adds its contact to an association that is there. */
  @IsIn(['create', 'join', 'skip'])
  action: 'create' | 'join' | 'skip';

  @IsOptional()
  @IsId()
  associationId?: string;
}

export class ImportBody extends ImportPreviewBody {
  /** For rows that are wrong or may be there already; the others are created. */
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ImportDecisionBody)
  decisions: ImportDecisionBody[];
}
