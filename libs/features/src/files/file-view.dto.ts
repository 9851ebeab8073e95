export const SCAN_STATES = ['unscanned', 'clean', 'infected', 'unscannable'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

/** A file as it is shown; its bytes come from `/attachments/:id`. */
export class AttachmentView {
  id: string;
  /** As given, without characters that hide its ending. */
  name: string;
  /** By its bytes. */
  type: string;
  size: number;
  scan: ScanState;
}

/** A file that belongs to nothing yet: name it in `uploadIds` within a day. */
export class UploadView extends AttachmentView {
  expiresAt: Date;
}
