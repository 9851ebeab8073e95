import { stringify } from 'csv-stringify/sync';
import writeExcel from 'write-excel-file/node';
import type { Unit } from '@app/domain/report-metrics';
import type { Words } from '@app/domain/words';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Texts and numbers as they stand in the cells; null is an empty cell. */
export type Table = (string | number | null)[][];

/** What of a report goes into a file, whatever it is about. */
export interface Tabular {
  metrics: readonly { name: Words; unit: Unit; definition: Words; formula: string }[];
  total: readonly Cell[];
  rows: readonly { key: string; name: Words | null; figures: readonly Cell[] }[];
}
type Cell = { value: number | null; n: number };

const HEADINGS = {
  fr: {
    key: 'Groupe',
    name: 'Nom',
    total: 'Total',
    unit: {
      tickets: 'dossiers',
      responses: 'réponses',
      stretches: 'prises en main',
      minutes: 'minutes',
      share: 'part',
    },
  },
  ar: {
    key: 'المجموعة',
    name: 'الاسم',
    total: 'المجموع',
    unit: { tickets: 'ملفات', responses: 'أجوبة', stretches: 'فترات تكفل', minutes: 'دقائق', share: 'نسبة' },
  },
};

/** A report as a table: one line per group and the total, and two columns per figure, the value and what it stands on. */
export function tableOf(report: Tabular, locale: 'fr' | 'ar'): Table {
  const words = HEADINGS[locale];
  const columns = report.metrics.flatMap(({ name, unit }) => [`${name[locale]} (${words.unit[unit]})`, 'n']);
  const cells = (figures: readonly Cell[]) =>
    figures.flatMap(({ value, n }) => [value === null ? null : rounded(value), n]);
  return [
    [words.key, words.name, ...columns],
    ...report.rows.map((row) => [row.key, row.name?.[locale] ?? '', ...cells(row.figures)]),
    [words.total, '', ...cells(report.total)],
    ...report.metrics.map(({ name, definition, formula }) => [name[locale], definition[locale], formula]),
  ];
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

export async function writeTable(table: Table, format: ExportFormat, sheet: string): Promise<Buffer> {
  return format === 'csv' ? toCsv(table) : toXlsx(table, sheet);
}

/**
 * With a byte order mark, so that spreadsheets read the letters, and semicolons, which they expect in French. Every field is quoted,
 * and one that would be taken for a formula begins with an apostrophe.
 */
export function toCsv(table: Table): Buffer {
  return Buffer.from(
    stringify(table, {
      bom: true,
      delimiter: ';',
      quoted: true,
      quoted_empty: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    }),
  );
}

/** Texts are stored as texts, never as formulas. */
export function toXlsx(table: Table, sheet: string): Promise<Buffer> {
  const cells = table.map((row) =>
    row.map((value) => {
      if (value === null) return null;
      return typeof value === 'number' ? { value, type: Number } : { value, type: String };
    }),
  );
  return writeExcel(cells, { sheet }).toBuffer();
}
