import type { FieldProblem } from './refusal';
import { dayNumber } from './zone';

/** The closed lists of an association's file, as stored. */
export const ASSOCIATION_DOMAINS = [
  'culture',
  'development',
  'education',
  'social',
  'health',
  'rights',
  'religion',
  'environment',
  'professional',
  'international',
  'philanthropy',
] as const;

export const ASSOCIATION_TAGS = ['women', 'youth', 'disability', 'amazigh'] as const;

export const LEGAL_FORMS = ['association', 'section', 'union', 'network', 'foreign', 'public_utility'] as const;

/** `silence`: more than sixty days without an answer. An association that declared nothing has no receipt at all. */
export const RECEIPT_STATES = ['provisional', 'silence', 'final', 'refused'] as const;

export const AUTHORITY_TYPES = ['caidat', 'pachalik', 'annexe'] as const;

export const CONTACT_ROLES = ['president', 'secretary_general', 'treasurer', 'member'] as const;

/** Arabic, French, Darija, and the three Amazigh languages of the hubs. */
export const SPOKEN_LANGUAGES = ['ar', 'fr', 'ary', 'tzm', 'shi', 'rif'] as const;

interface MandateDates {
  years?: number;
  lastAssemblyOn?: string;
  nextRenewalOn?: string;
}

/**
 * The local date on which a mandate of whole years ends, for an assembly held on `lastAssemblyOn` (`YYYY-MM-DD`);
 * 29 February gives the 28th in a common year.
 */
export function renewalDate(lastAssemblyOn: string, years: number): string {
  const year = String(Number(lastAssemblyOn.slice(0, 4)) + years).padStart(4, '0');
  const date = year + lastAssemblyOn.slice(4);
  return Number.isNaN(dayNumber(date)) ? `${year}-02-28` : date;
}

/** The mandate with its renewal date, computed from the last assembly and the length unless it was given. */
export function completeMandate<Given extends MandateDates>(mandate: Given): Given {
  if (mandate.nextRenewalOn || !mandate.lastAssemblyOn || !mandate.years) return mandate;
  return { ...mandate, nextRenewalOn: renewalDate(mandate.lastAssemblyOn, mandate.years) };
}

/** Dates of a file that run backwards: a renewal before its assembly, a final receipt before the provisional one. */
export function datesInOrder(file: {
  mandate?: MandateDates;
  receipts?: readonly { provisionalOn: string | null; finalOn: string | null }[];
}): FieldProblem[] {
  const { lastAssemblyOn, nextRenewalOn } = file.mandate ?? {};
  const pairs = [
    { from: lastAssemblyOn, to: nextRenewalOn, pointer: '/mandate/nextRenewalOn' },
    ...(file.receipts ?? []).map((one, i) => ({
      from: one.provisionalOn,
      to: one.finalOn,
      pointer: `/receipts/${i}/finalOn`,
    })),
  ];
  return pairs
    .filter(({ from, to }) => from && to && from > to)
    .map(({ pointer }) => ({ pointer, code: 'inverted', detail: 'This date is before the one that it follows.' }));
}
