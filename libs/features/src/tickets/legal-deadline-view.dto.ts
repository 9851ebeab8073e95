/** A delay of the law, with its last day in this case. */
export class LegalDeadlineView {
  category: string;
  /** Its place in the list of the category. */
  item: number;
  nameFr: string;
  nameAr: string;
  value: number | string | null;
  unit: string;
  /** What it counts from. */
  countsFromFr: string | null;
  countsFromAr: string | null;
  /** Text and articles. */
  ref: string | null;
  articles: string | null;
  /** Who must respect it: admin or association. */
  binds: string | null;
  /** high, medium, low: to be confirmed by a jurist. */
  confidence: string;
  noteFr: string | null;
  noteAr: string | null;
  /** The day of the case from which it counts; null: not entered. */
  from: string | null;
  /** The last day. */
  on: string | null;
  near: boolean;
  passed: boolean;
}

export class LegalDeadlineList {
  items: LegalDeadlineView[];
  /** Of the ticket, for If-Match. */
  version: number;
}
