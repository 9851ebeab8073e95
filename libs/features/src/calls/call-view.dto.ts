import type { CallOutcome, CallState } from '@app/domain/calls/call-record';
import type { LegOutcome } from '@app/domain/calls/call-legs';
import type { Cause, Direction } from '@app/domain/calls/canonical-event';
import type { Match } from '@app/domain/calls/matching';

/** Times of a call are measured by a telephone system, or declared by who wrote it down. */
export type CallTimes = 'provider' | 'arrival' | 'declared';

export class CallPersonView {
  id: string;
  name: string;
}

export class CallAssociationView {
  id: string;
  nameFr: string;
  nameAr: string;
}

export class CallTicketView {
  id: string;
  reference: string;
  subject: string;
  status: string;
  updatedAt: Date;
}

export class CallItem {
  id: string;
  direction: Direction;
  state: CallState;
  /** Null while it goes on. */
  outcome: CallOutcome | null;
  /** Rang once and hung up: a request to be called. */
  short: boolean;
  /** Written down by an agent, or told by the telephone system. */
  source: 'pbx' | 'hand';
  times: CallTimes;
  /** The other side. Null when withheld or not a number. */
  number: string | null;
  numberDisplay: string | null;
  /** As it came. */
  numberRaw: string;
  queueCode: string | null;
  agent: CallPersonView | null;
  match: Match;
  /** Shown for one exact record, or once somebody has checked who speaks. */
  contact: CallPersonView | null;
  association: CallAssociationView | null;
  ticketId: string | null;
  reference: string | null;
  callbackId: string | null;
  startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  /** Milliseconds. */
  waitMs: number | null;
  talkMs: number | null;
  language: string | null;
  disposition: string | null;
  wrapUpCode: string | null;
  /** Its beginning was never told. */
  incomplete: boolean;
  version: number;
}

export class CallPage {
  items: CallItem[];
  /** Null on the last page. */
  nextCursor: string | null;
}

export class CallLegView {
  agent: CallPersonView | null;
  /** As the telephone system names who it is. */
  named: string | null;
  offeredAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  outcome: LegOutcome;
  talkMs: number | null;
}

export class ConsentView {
  id: string;
  scope: 'recording';
  state: 'granted' | 'refused';
  wordingVersion: string;
  language: string;
  givenAt: Date;
  withdrawnAt: Date | null;
}

/** Somebody under whose name the number stands. */
export class CallerCandidate {
  contactId: string | null;
  name: string | null;
  association: CallAssociationView | null;
  /** On the record itself; else seen in an earlier call only. */
  onRecord: boolean;
}

/** Who calls, as far as the number tells. */
export class CallerView {
  match: Match;
  /** Nothing of a case is shown before somebody has checked who speaks. */
  verificationNeeded: boolean;
  verifiedAt: Date | null;
  /** One for an exact match; the choice otherwise. */
  candidates: CallerCandidate[];
  /** Open tickets of the one who calls, newest first; empty before the check where one is needed. */
  tickets: CallTicketView[];
  /** Earlier calls of the number. */
  earlierCalls: number;
}

export class CallView extends CallItem {
  from: string;
  to: string;
  queuedAt: Date | null;
  holdMs: number;
  offers: number;
  missedOffers: number;
  transfers: number;
  cause: Cause | null;
  causeRaw: string | null;
  note: string | null;
  /** Digits pressed and what the telephone system handed over. */
  ivr: Record<string, string>;
  wrappedUpAt: Date | null;
  caller: CallerView;
  legs: CallLegView[];
  /** Our own engine chooses who gets it: it rings only for whom it is offered to. */
  offeredByUs: boolean;
  consents: ConsentView[];
  /** Whether the hub records calls at all: where it does not, nobody is asked. */
  asksConsent: boolean;
  /** Only with a consent that held at the time of the call and has not been withdrawn. */
  recordingRef: string | null;
}

/** What a question of some kind needs to know, in the words of the caller's language. */
export class QuestionView {
  code: string;
  fr: string;
  ar: string;
  /** How it is answered. */
  answer: 'text' | 'yes_no' | 'date' | 'choice';
  options: QuestionOption[];
}

export class QuestionOption {
  code: string;
  fr: string;
  ar: string;
}

export class QuestionFormView {
  /** Of categories. */
  kind: 'legal' | 'administrative' | 'information';
  questions: QuestionView[];
}

export class CodeView {
  code: string;
  fr: string;
  ar: string;
}

/** What the call panel needs besides the call. */
export class CallWordsView {
  wrapUpCodes: CodeView[];
  dispositions: CodeView[];
  forms: QuestionFormView[];
  /** Asked before a recording; the version is kept with the answer. */
  consentWording: CodeView;
  /** How identity is checked in a few words. */
  verificationQuestions: CodeView[];
}
