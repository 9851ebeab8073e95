import type { ExportFormat } from './report-file';

export const EXPORTED_REPORTS = ['tickets', 'agents'] as const;
export type ExportedReport = (typeof EXPORTED_REPORTS)[number];

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
