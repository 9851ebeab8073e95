/** What is written about a call while it goes on and after; kept on the device until it is saved. */
export interface Wrap {
  note: string;
  wrapUpCode: string;
  disposition: string;
  language: string;
}

export const EMPTY_WRAP: Wrap = { note: '', wrapUpCode: '', disposition: '', language: '' };

export interface DraftProps {
  draft: Wrap;
  set: (part: Partial<Wrap>) => void;
}
