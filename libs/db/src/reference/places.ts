import { PLACE_KINDS, type PlaceKind } from '@app/domain/hub';
import { PRIORITIES } from '@app/domain/sla-policy';
import { ADVICE_LEVELS, CONFIDENTIALITIES, KINDS } from '@app/domain/ticket';
import type { Category, LegalBasis, LegalDeadline } from '../entities/category.entity';
import { Entry, uniqueCodes } from './entry';

export interface PlaceRow {
  code: string;
  parent_code: string | null;
  kind: PlaceKind;
  name_fr: string;
  name_ar: string;
  search_names: string[];
}

export interface CategoryRow {
  code: string;
  parent_code: string | null;
  kind: Category['kind'];
  advice_level: Category['adviceLevel'];
  name_fr: string;
  name_ar: string;
  name_en: string;
  needs_validation: boolean;
  default_priority: Category['defaultPriority'];
  default_confidentiality: Category['defaultConfidentiality'];
  legal_basis: LegalBasis[];
  deadlines: LegalDeadline[];
  note_fr: string | null;
  note_ar: string | null;
}

const ISO_CODE = /^MA-[0-9A-Z]{2,3}$/;
const DEADLINE_KINDS = ['delay', 'threshold', 'fixed_date'] as const;
const CONFIDENCES = ['high', 'medium', 'low'] as const;

/** Regions first, then their prefectures and provinces. */
export function readPlaces(dir: string): PlaceRow[] {
  const regions = Entry.ofFile(dir, 'regions.json').entries('regions', 'iso');
  uniqueCodes(regions, 'iso');
  uniqueCodes(
    regions.flatMap((region) => region.each('provinces')),
    'iso',
  );
  const units = regions.flatMap((region) =>
    region.each('provinces').map((unit) => placeOf(unit, region.text('iso'), unit.oneOf('type', PLACE_KINDS))),
  );
  return [...regions.map((region) => placeOf(region, null, 'region')), ...units];
}

function placeOf(entry: Entry, parent: string | null, kind: PlaceKind): PlaceRow {
  return {
    code: entry.matching('iso', ISO_CODE, 'a code such as MA-01 or MA-FES'),
    parent_code: parent,
    kind,
    name_fr: entry.text('name_fr'),
    name_ar: entry.text('name_ar'),
    search_names: entry.texts('search_names'),
  };
}

/** The texts of law that categories cite, as the screens print them. */
export function readLegalTexts(dir: string): Record<string, unknown>[] {
  const texts = Entry.ofFile(dir, 'taxonomy.json').entries('texts', 'id');
  uniqueCodes(texts, 'id');
  return texts.map((entry) => ({
    code: entry.text('id'),
    nameFr: entry.text('fr'),
    nameAr: entry.text('ar'),
    shortFr: entry.text('short_fr'),
    shortAr: entry.text('short_ar'),
    articleWordFr: entry.text('article_word_fr'),
    articleWordAr: entry.text('article_word_ar'),
    versionDate: entry.textOrNull('version_date'),
  }));
}

/** Top categories first, then the leaves that tickets use. */
export function readCategories(dir: string): CategoryRow[] {
  const file = Entry.ofFile(dir, 'taxonomy.json');
  const texts = uniqueCodes(file.entries('texts', 'id'), 'id');
  const tops = file.entries('categories', 'code');
  const leaves = tops.flatMap((top) => top.each('children').map((leaf) => ({ leaf, parent: top.text('code') })));
  uniqueCodes([...tops, ...leaves.map(({ leaf }) => leaf)], 'code');
  for (const { leaf, parent } of leaves) {
    if (!leaf.text('code').startsWith(`${parent}.`)) leaf.fail('code', `must begin with ${parent}.`);
  }
  return [...tops.map(topOf), ...leaves.map(({ leaf, parent }) => leafOf(leaf, parent, texts))];
}

function topOf(entry: Entry): CategoryRow {
  return {
    ...namesOf(entry),
    parent_code: null,
    advice_level: 'orientation',
    needs_validation: false,
    default_priority: 'normal',
    default_confidentiality: 'normal',
    legal_basis: [],
    deadlines: [],
    note_fr: null,
    note_ar: null,
  };
}

function leafOf(entry: Entry, parent: string, texts: ReadonlySet<string>): CategoryRow {
  return {
    ...namesOf(entry),
    parent_code: parent,
    advice_level: entry.oneOf('advice_level', ADVICE_LEVELS),
    needs_validation: entry.flag('needs_validation'),
    default_priority: entry.oneOf('default_priority', PRIORITIES),
    default_confidentiality: entry.oneOf('default_confidentiality', CONFIDENTIALITIES),
    legal_basis: entry.each('legal_basis').map((one) => ({
      ref: one.known('ref', texts, 'text of law'),
      articles: one.textOrNull('articles'),
      confidence: entry.oneOf('confidence', CONFIDENCES),
    })),
    deadlines: entry.each('deadlines').map((one) => deadlineOf(one, texts)),
    note_fr: entry.textOrNull('note_fr'),
    note_ar: entry.textOrNull('note_ar'),
  };
}

function namesOf(entry: Entry) {
  return {
    code: entry.matching('code', /^[A-Z]{3}(\.\d\d)?$/, 'a code such as CRE or CRE.01'),
    kind: entry.oneOf('kind', KINDS),
    name_fr: entry.text('fr'),
    name_ar: entry.text('ar'),
    name_en: entry.text('en'),
  };
}

function deadlineOf(entry: Entry, texts: ReadonlySet<string>): LegalDeadline {
  const value = entry.get('value');
  if (value !== null && typeof value !== 'number' && typeof value !== 'string') {
    entry.fail('value', 'must be a number, a text or null');
  }
  return {
    kind: entry.oneOf('kind', DEADLINE_KINDS),
    nameFr: entry.text('fr'),
    nameAr: entry.text('ar'),
    value,
    unit: entry.text('unit'),
    countsFromFr: entry.textOrNull('counts_from_fr'),
    countsFromAr: entry.textOrNull('counts_from_ar'),
    ref: entry.get('ref') === null ? null : entry.known('ref', texts, 'text of law'),
    articles: entry.textOrNull('articles'),
    binds: entry.textOrNull('binds'),
    confidence: entry.oneOf('confidence', CONFIDENCES),
    noteFr: entry.textOrNull('note_fr'),
    noteAr: entry.textOrNull('note_ar'),
  };
}
