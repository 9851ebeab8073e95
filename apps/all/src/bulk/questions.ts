import { SYSTEM_ACTOR } from '@app/db/tenant-db';
import { toSearchDocument } from '@app/domain/folding';
import { textDirection } from '@app/domain/language';
import type { HubChoice } from '@app/domain/routing';
import type { Channel, Direction } from '@app/domain/ticket';
import type { ReferenceData } from '@app/features/directory/reference-data';
import { draftTicket, type TicketDraft } from '@app/features/tickets/ticket-draft';
import { LEGAL_QUESTIONS } from '../demonstration/legal-questions';
import { PRACTICAL_QUESTIONS } from '../demonstration/practical-questions';
import { questionText, type Question, type QuestionLanguage, type QuestionText } from '../demonstration/question';
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

const VARIANTS = 3;

interface Words extends QuestionText {
  category: string;
  document: string;
  direction: Direction;
}

/** What is asked. Texts, and what the rules make of them, are worked out once for all tickets that share them. */
export class QuestionBank {
  private readonly words: Words[];
  private readonly drafts = new Map<string, TicketDraft>();
  private readonly names: Map<string, string>;
  private readonly hubs: Map<string, HubChoice>;

  constructor(
    private readonly reference: ReferenceData,
    private readonly associations: readonly AskingAssociation[],
    private readonly now: Date,
    random: SeededRandom,
  ) {
    this.words = QUESTIONS.flatMap((question) =>
      LANGUAGES.flatMap((language) => Array.from({ length: VARIANTS }, () => wordsOf(question, language, random))),
    );
    this.names = new Map(associations.map((one) => [one.id, toSearchDocument(`${one.nameFr} ${one.nameAr}`)]));
    this.hubs = new Map(associations.map((one) => [one.placeCode, reference.hubFor(one.placeCode, now)]));
  }

  some(random: SeededRandom): AskedQuestion {
    const association = random.pick(this.associations);
    const index = random.between(0, this.words.length - 1);
    const words = this.words[index];
    const draft = this.draft(association, `${index}`, words, random.pick(CHANNELS));
    const document = `${words.document} ${this.names.get(association.id)}`;
    return { association, draft, direction: words.direction, document };
  }

  private draft(association: AskingAssociation, text: string, words: Words, channel: Channel): TicketDraft {
    const { placeCode, legalForm } = association;
    const hub = this.hubs.get(placeCode)!;
    const key = `${hub.hubId} ${hub.reason} ${legalForm} ${text} ${channel}`;
    let draft = this.drafts.get(key);
    if (!draft) {
      draft = draftTicket(
        { subject: words.subject, body: words.body, categoryCode: words.category, channel },
        { actor: SYSTEM_ACTOR, placeCode, legalForm, now: this.now },
        this.reference,
      );
      this.drafts.set(key, draft);
    }
    return draft;
  }
}

function wordsOf(question: Question, language: QuestionLanguage, random: SeededRandom): Words {
  const text = questionText(question, language, random);
  const document = toSearchDocument(`${text.subject} ${text.body}`);
  return { ...text, category: question.category, document, direction: textDirection(text.body) };
}
