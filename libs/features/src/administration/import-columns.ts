import { fold } from '@app/domain/folding';

export const IMPORT_FIELDS = [
  'nameFr',
  'nameAr',
  'place',
  'commune',
  'receipt',
  'receiptOn',
  'contactName',
  'contactRole',
  'phone',
  'email',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];
/** Which column holds what; counted from 0. */
export type Mapping = Partial<Record<ImportField, number>>;

/** Words of headings, folded, the surest first. */
const HEADINGS: Record<ImportField, string[]> = {
  nameFr: ['nom fr', 'association', 'denomination', 'nom de l association', 'nom', 'name'],
  nameAr: ['nom ar', 'اسم الجمعية', 'الجمعية', 'الاسم', 'الاسم بالعربية'],
  place: ['province', 'prefecture', 'place', 'الاقليم', 'اقليم', 'العمالة'],
  commune: ['commune', 'ville', 'الجماعة', 'المدينة'],
  receipt: ['recepisse', 'numero de recepisse', 'receipt', 'رقم الوصل', 'الوصل'],
  receiptOn: ['date du recepisse', 'date de recepisse', 'receipt date', 'تاريخ الوصل'],
  contactName: ['contact', 'president', 'responsable', 'المسؤول', 'الرئيس', 'اسم المسؤول'],
  contactRole: ['fonction', 'role', 'qualite', 'الصفة', 'المهمة'],
  phone: ['telephone', 'tel', 'gsm', 'mobile', 'phone', 'الهاتف', 'رقم الهاتف'],
  email: ['email', 'e mail', 'courriel', 'mail', 'البريد الالكتروني', 'البريد'],
};

/** The most likely column for each field, each column once; what is not clear stays open. */
export function guessMapping(columns: readonly string[]): Mapping {
  const folded = columns.map((column) => fold(column).trim());
  const used = new Set<number>();
  const mapping: Mapping = {};
  for (const exact of [true, false]) {
    for (const field of IMPORT_FIELDS) {
      if (mapping[field] !== undefined) continue;
      const words = HEADINGS[field].map((word) => fold(word));
      const at = folded.findIndex(
        (column, index) => !used.has(index) && words.some((word) => (exact ? column === word : column.includes(word))),
      );
      if (at < 0) continue;
      mapping[field] = at;
      used.add(at);
    }
  }
  return mapping;
}

export type ImportValues = Record<ImportField, string>;

export function valuesIn(row: readonly string[], mapping: Mapping): ImportValues {
  return Object.fromEntries(
    IMPORT_FIELDS.map((field) => [field, mapping[field] === undefined ? '' : (row[mapping[field]] ?? '').trim()]),
  ) as ImportValues;
}
