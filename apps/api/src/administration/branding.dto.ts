import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { LOGO_TYPES, type LogoType } from '@app/features/administration/branding.service';
import { IsPlainObject, IsText } from '@app/platform/validation';

export class LogoBody {
  @IsIn(LOGO_TYPES)
  mediaType: LogoType;

  /** Base64 of at most 20 kB. */
  @MaxLength(28_000)
  @Matches(/^[A-Za-z0-9+/]+={0,2}$/)
  data: string;
}

export class BrandingBody {
  @IsText({ max: 120 })
  nameFr: string;

  @IsText({ max: 120 })
  nameAr: string;

  @IsOptional()
  @IsText({ max: 300 })
  greetingFr?: string | null;

  @IsOptional()
  @IsText({ max: 300 })
  greetingAr?: string | null;

  /** In any spelling. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  /** Such as #3c46ad: carries white text, and is none of the colours that mean time. */
  @Matches(/^#[0-9a-f]{6}$/)
  accent: string;

  /** Left out, it stays; null takes it away. */
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => LogoBody)
  logo?: LogoBody | null;
}

export class LogoQuery {
  /** Version of the branding, so that a new picture has a new address. */
  @IsOptional()
  @Matches(/^[0-9]{1,9}$/)
  v?: string;
}
