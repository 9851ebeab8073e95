export class MailTextView {
  /** Which mail: received, answered, question_back, resolved, at_risk, late. */
  template: string;
  subjectFr: string;
  subjectAr: string;
  /** `{{answer}}` and `{{link}}` stand alone in theirs. */
  paragraphsFr: string[];
  paragraphsAr: string[];
  /** What the mail can be filled with. */
  variables: string[];
  /** Written by the hub; else the programme's words. */
  own: boolean;
  /** Grows with each change of the hub's own text; 1 without one. */
  version: number;
}

export class MailTextList {
  items: MailTextView[];
}

export class RenderedMailView {
  subject: string;
  text: string;
  html: string;
}

export class MailTextPreview {
  fr: RenderedMailView;
  ar: RenderedMailView;
}
