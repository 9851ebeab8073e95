import type { MacroKind } from '@app/domain/hub';
import type { Language } from '@app/domain/language';
import type { MacroActionType } from '@app/domain/macro';

export class DraftView {
  ticketId: string;
  kind: 'reply' | 'note';
  /** Empty when there is no draft. */
  text: string;
  language: Language | null;
  /** The newest public message that the author had read. */
  seenMessageId: string | null;
  /** For the next save; also of a draft that does not exist yet. */
  version: number;
  savedAt: Date | null;
}

export class DraftMark {
  ticketId: string;
  kind: 'reply' | 'note';
  savedAt: Date;
}

export class DraftList {
  items: DraftMark[];
}

export class MacroActionView {
  type: MacroActionType;
  value: string | number;
}

export class MacroView {
  id: string;
  /** Null: of the programme, for all hubs. */
  hubId: string | null;
  code: string;
  kind: MacroKind;
  nameFr: string;
  nameAr: string;
  subjectFr: string | null;
  subjectAr: string | null;
  bodyFr: string;
  bodyAr: string;
  variables: string[];
  channels: string[];
  actions: MacroActionView[];
  needsValidation: boolean;
  disclaimer: boolean;
  active: boolean;
  version: number;
}

export class MacroList {
  items: MacroView[];
}

export class MacroPreview {
  macroId: string;
  language: 'fr' | 'ar';
  direction: 'ltr' | 'rtl';
  subject: string | null;
  text: string;
  /** Variables without a value: the text may not be inserted before they have one. */
  missing: string[];
  ready: boolean;
  actions: PreviewedAction[];
  needsValidation: boolean;
}

export class PreviewedAction extends MacroActionView {
  /** Whether it would change something on this ticket. */
  changes: boolean;
}

export class SavedView {
  id: string;
  name: string;
  /** Seen by everybody of the hub. */
  shared: boolean;
  mine: boolean;
  /** Parameters of the ticket list. */
  query: Record<string, string>;
  version: number;
}

export class SavedViewList {
  items: SavedView[];
}
