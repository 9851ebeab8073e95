import { IsIn, Matches } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';

const CODE = /^[A-Z]{3}\.[0-9]{2}$/;
const PLACE = /^MA-[0-9A-Z]{2,3}$/;

export class PortalPromiseBody {
  /** Leaf of the taxonomy, for instance `CRE.03`. */
  @Matches(CODE)
  categoryCode: string;

  /** Province or region. */
  @Matches(PLACE)
  placeCode: string;

  /** Language of the question. */
  @IsIn(LANGUAGES)
  language: Language;
}
