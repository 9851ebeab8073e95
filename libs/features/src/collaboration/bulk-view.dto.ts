export class BulkRowView {
  ticketId: string;
  /** Done, or in a dry run: would be done. */
  done: boolean;
  /** The code of what stood against it. */
  refusal: string | null;
  /** Of the ticket afterwards. */
  version: number;
}

export class BulkView {
  /** Null for a dry run, and when nothing was done. */
  id: string | null;
  dryRun: boolean;
  /** How many are done, or would be. */
  done: number;
  refused: number;
  rows: BulkRowView[];
  /** Until then the whole can be taken back. */
  undoUntil: Date | null;
}

export class BulkUndoView {
  done: number;
  refused: number;
  rows: BulkRowView[];
}
