import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal, type FieldProblem } from '@app/domain/refusal';
import { AssociationsService } from '../directory/associations.service';
import { ContactsService } from '../directory/contacts.service';
import { FileStore } from '../files/file-store';
import { guessMapping, IMPORT_FIELDS, type ImportField, type Mapping } from './import-columns';
import { ImportCheck, type CheckedRow } from './import-check.service';
import { readCsv, readXlsx, type Sheet } from './import-table';
import type { ImportPreview, ImportResult } from './import-view.dto';

export interface ImportSource {
  /** A workbook that was handed in before. */
  uploadId?: string;
  csv?: string;
  mapping?: { field: ImportField; column: number }[];
}
export interface ImportDecision {
  row: number;
  action: 'create' | 'join' | 'skip';
  /** To which its contact is added. */
  associationId?: string;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAX_BYTES = 4 * 1024 * 1024;

/** A hub's list of associations and contacts: looked through first, then taken over as a whole or not at all. */
@Injectable()
export class DirectoryImport {
  constructor(
    private readonly db: TenantDb,
    private readonly store: FileStore,
    private readonly check: ImportCheck,
    private readonly associations: AssociationsService,
    private readonly contacts: ContactsService,
  ) {}

  /** What would happen: columns, what they hold, what is wrong or alike, row by row. Nothing is written. */
  async preview(actor: Actor, source: ImportSource): Promise<ImportPreview> {
    const sheet = await this.read(actor, source);
    const mapping = mappingOf(sheet, source);
    const rows = await this.check.rows(actor, sheet, mapping);
    return {
      columns: sheet.columns,
      mapping: IMPORT_FIELDS.flatMap((field) =>
        mapping[field] === undefined ? [] : [{ field, column: mapping[field] }],
      ),
      rows: rows.map(({ view }) => view),
      total: rows.length,
      faulty: rows.filter(({ view }) => view.problems.length > 0).length,
      undecided: rows.filter(({ view }) => view.undecided).length,
    };
  }

  /**
   * Takes the list over in one transaction. Rows that are wrong can only be left out, rows that may be there already are decided.
   * @throws Refusal `validation_failed` with the rows that stand against it; nothing is written then
   */
  async apply(actor: Actor, source: ImportSource, decisions: readonly ImportDecision[]): Promise<ImportResult> {
    const sheet = await this.read(actor, source);
    const rows = await this.check.rows(actor, sheet, mappingOf(sheet, source));
    const decided = new Map(decisions.map((one) => [one.row, one]));
    const problems = rows.flatMap((row) => problemOf(row, decided.get(row.view.row)));
    if (problems.length > 0)
      throw new Refusal('validation_failed', 'Some rows are not decided.', problems.slice(0, 50));
    return this.db.run(actor, async (tx) => {
      const result: ImportResult = { created: 0, joined: 0, skipped: 0, contacts: 0 };
      for (const row of rows) await this.take(tx, row, decided.get(row.view.row), result);
      tx.emit({ type: 'directory.imported', hubId: actor.hubId, data: { ...result } });
      return result;
    });
  }

  private async take(
    tx: TenantTx,
    row: CheckedRow,
    decision: ImportDecision | undefined,
    result: ImportResult,
  ): Promise<void> {
    const action = decision?.action ?? 'create';
    if (action === 'skip') return void (result.skipped += 1);
    const associationId =
      action === 'join' ? decision!.associationId! : (await this.associations.add(tx, row.association!)).id;
    result[action === 'join' ? 'joined' : 'created'] += 1;
    if (!row.contact) return;
    await this.contacts.add(tx, { ...row.contact, associationId });
    result.contacts += 1;
  }

  private async read(actor: Actor, { uploadId, csv }: ImportSource): Promise<Sheet> {
    if (csv !== undefined) return readCsv(csv);
    const [file] = await this.db.run(actor, (tx) =>
      tx.query<{ file: string; type: string; size: string }>(
        'import-file',
        'select file, type, size from upload where id = $1 and account_id = $2',
        [uploadId ?? null, actor.accountId],
      ),
    );
    if (!file) throw Refusal.field('/uploadId', 'unknown', 'Hand the file in first.');
    if (file.type !== XLSX) throw new Refusal('type_not_allowed', 'A list is a workbook (xlsx) or text (csv).');
    if (Number(file.size) > MAX_BYTES) throw new Refusal('payload_too_large', 'The workbook is too large.');
    return readXlsx(await buffer(await this.store.read(file.file)));
  }
}

/** As chosen, else as the headings say. */
function mappingOf(sheet: Sheet, { mapping }: ImportSource): Mapping {
  if (!mapping) return guessMapping(sheet.columns);
  const out = mapping.findIndex((one) => one.column >= sheet.columns.length);
  if (out >= 0) throw Refusal.field(`/mapping/${out}/column`, 'unknown', 'The list has no such column.');
  return Object.fromEntries(mapping.map(({ field, column }) => [field, column]));
}

function problemOf({ view }: CheckedRow, decision: ImportDecision | undefined): FieldProblem[] {
  const at = (code: string, detail: string): FieldProblem[] => [{ pointer: `/rows/${view.row}`, code, detail }];
  if (decision?.action === 'skip') return [];
  if (view.problems.length > 0) return at('faulty', 'Leave this row out, or put it right in the list.');
  if (decision?.action === 'join') {
    const known = view.duplicates.some((one) => one.id === decision.associationId);
    return known ? [] : at('unknown', 'This association is not among those that are alike.');
  }
  return view.undecided && !decision ? at('undecided', 'Say whether this is the same association.') : [];
}
