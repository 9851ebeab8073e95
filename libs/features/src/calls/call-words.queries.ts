import { Injectable } from '@nestjs/common';
import { ReferenceData } from '../directory/reference-data';
import type { CallWordsView } from './call-view.dto';

const NONE: CallWordsView = {
  wrapUpCodes: [],
  dispositions: [],
  forms: [],
  consentWording: { code: '', fr: '', ar: '' },
  verificationQuestions: [],
};

/** Codes, forms and wordings of the call panel: data of the programme. */
@Injectable()
export class CallWordsQueries {
  constructor(private readonly reference: ReferenceData) {}

  view(): CallWordsView {
    return (this.reference.current.settings.get('telephone') as CallWordsView | undefined) ?? NONE;
  }
}
