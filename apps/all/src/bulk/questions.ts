import { SYSTEM_ACTOR } from '@app/db/tenant-db';
import { toSearchDocument } from '@app/domain/folding';
import { textDirection } from '@app/domain/language';
import type { Channel, Direction } from '@app/domain/ticket';
import type { ReferenceData } from '@app/features/directory/reference-data';
import { draftTicket, type TicketDraft } from '@app/features/tickets/ticket-draft';
import { LEGAL_QUESTIONS } from '../demonstration/legal-questions';
import { PRACTICAL_QUESTIONS } from '../demonstration/practical-questions';
import { questionText, type Question, type QuestionLanguage } from '../demonstration/question';
import type { SeededRandom } from '../demonstration/seeded-random';

export interface AskingAssociation {
  id: string;
  nameFr: string;
  nameAr: string;
  placeCode: string;
  legalForm: string;
  contactId: string | null;
  contactName: string | null;
}

export interface AskedQuestion {
  association: AskingAssociation;
  draft: TicketDraft;
  direction: Direction;
  /** Folded words of the question and of the association's names. */
  document: string;
}

const QUESTIONS = [...LEGAL_QUESTIONS, ...PRACTICAL_QUESTIONS];
const LANGUAGES: readonly QuestionLanguage[] = ['fr', 'fr', 'ar', 'ar', 'darija'];
const CHANNELS: readonly Channel[] = ['phone', 'phone', 'email', 'whatsapp', 'walk_in', 'portal'];

/** What is asked, decided once for each association, question, language and channel: the text and all that follows from it. */
export class QuestionBank {
  private readonly known = new Map<string, AskedQuestion>();

  constructor(
    private readonly reference: ReferenceData,
    private readonly associations: readonly AskingAssociation[],
    private readonly now: Date,
  ) {}

  some(random: SeededRandom): AskedQuestion {
    const association = random.pick(this.associations);
    const question = random.between(0, QUESTIONS.length - 1);
    const [language, channel] = [random.pick(LANGUAGES), random.pick(CHANNELS)];
    const key = `${association.id} ${question} ${language} ${channel}`;
    let asked = this.known.get(key);
    if (!asked) {
      asked = this.ask(association, QUESTIONS[question], { language, channel }, random);
      this.known.set(key, asked);
    }
    return asked;
  }

  private ask(
    association: AskingAssociation,
    question: Question,
    { language, channel }: { language: QuestionLanguage; channel: Channel },
    random: SeededRandom,
  ): AskedQuestion {
    const text = questionText(question, language, random);
    const { placeCode, legalForm, nameFr, nameAr } = association;
    const draft = draftTicket(
      { ...text, categoryCode: question.category, channel },
      { actor: SYSTEM_ACTOR, placeCode, legalForm, now: this.now },
      this.reference,
    );
    const document = toSearchDocument(`${text.subject} ${nameFr} ${nameAr} ${text.body}`);
    return { association, draft, direction: textDirection(text.body), document };
  }
}
