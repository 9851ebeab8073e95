import type { ExportFormat } from './report-file';

export class ExportView {
  id: string;
  format: ExportFormat;
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** Per cent. */
  progress: number;
  fileName: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** The file is gone then. */
  expiresAt: Date;
}
