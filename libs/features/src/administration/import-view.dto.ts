import { AssociationCandidate } from '../directory/association-view.dto';
import type { ImportField } from './import-columns';

export class ImportProblem {
  field: ImportField;
  code: 'required' | 'phone_expected' | 'email_expected' | 'unknown' | 'other_hub' | 'invalid_date' | 'too_long';
}

export class ImportMappingView {
  field: ImportField;
  /** Counted from 0. */
  column: number;
}

export class ImportValueView {
  field: ImportField;
  value: string;
}

export class ImportRowView {
  /** As in the list, the headings are row 1. */
  row: number;
  values: ImportValueView[];
  /** What has to be put right in the list; such a row can only be left out. */
  problems: ImportProblem[];
  /** Associations of the hub that may be the same, with what is alike. */
  duplicates: AssociationCandidate[];
  /** An earlier row of the list that may be the same. */
  sameAs: number | null;
  /** Somebody has to say what happens to it. */
  undecided: boolean;
}

export class ImportPreview {
  columns: string[];
  mapping: ImportMappingView[];
  rows: ImportRowView[];
  total: number;
  faulty: number;
  undecided: number;
}

export class ImportResult {
  created: number;
  joined: number;
  skipped: number;
  contacts: number;
}
