import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import readExcel from 'read-excel-file/node';
import { Refusal } from '@app/domain/refusal';
import { cleanText, hasForbiddenCharacters } from '@app/domain/text';

const MAX_ROWS = 1_000;
const MAX_COLUMNS = 60;
const MAX_CELL = 1_000;
/** Of what a packed sheet unfolds to. */
const MAX_UNPACKED = 40 * 1024 * 1024;

/** Cells as texts: the first row names the columns. */
export interface Sheet {
  columns: string[];
  rows: string[][];
}

/** A list as it is copied or saved: comma, semicolon or tab, whichever the first line has most of. */
export function readCsv(text: string): Sheet {
  const [line] = text.split('\n', 1);
  const delimiter = [',', ';', '\t'].sort((a, b) => line.split(b).length - line.split(a).length)[0];
  try {
    const options = { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, to: MAX_ROWS + 2 };
    return sheetOf(parse(text, options));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw Refusal.field('/csv', 'unreadable', 'This is not a list with columns.');
  }
}

/** The first sheet of a workbook. */
export async function readXlsx(bytes: Buffer): Promise<Sheet> {
  refuseBomb(bytes);
  try {
    const [first] = await readExcel(bytes);
    return sheetOf((first?.data ?? []).map((row) => row.map(textOf)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw Refusal.field('/uploadId', 'unreadable', 'This workbook cannot be read.');
  }
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

function refuseBomb(bytes: Buffer): void {
  let unpacked = 0;
  const count = (size: number): boolean => ((unpacked += size), false);
  try {
    unzipSync(bytes, { filter: (file) => count(file.originalSize) });
  } catch {
    throw Refusal.field('/uploadId', 'unreadable', 'This workbook cannot be read.');
  }
  if (unpacked > MAX_UNPACKED) throw Refusal.field('/uploadId', 'too_large', 'This workbook is too large.');
}

function sheetOf(table: readonly string[][]): Sheet {
  const [columns, ...rows] = table
    .map((row) => row.slice(0, MAX_COLUMNS).map((cell) => cleanText(cell).slice(0, MAX_CELL)))
    .filter((row) => row.some((cell) => cell !== ''));
  if (!columns || rows.length === 0) throw Refusal.field('', 'empty', 'The list has no row.');
  if (rows.length > MAX_ROWS) throw Refusal.field('', 'too_many', `A list has at most ${MAX_ROWS} rows.`);
  if ([columns, ...rows].flat().some(hasForbiddenCharacters)) {
    throw Refusal.field('', 'invalid_text', 'The list has a character that cannot be stored.');
  }
  return { columns, rows };
}
