import type { CallOutcome, CallRecord, CallState } from '@app/domain/calls/call-record';
import type { Match } from '@app/domain/calls/matching';
import type { CallQueue } from './telephony-rows';

export interface CallRow {
  id: string;
  state: CallState;
  outcome: CallOutcome | null;
  accountId: string | null;
  fromE164: string | null;
  match: Match;
  contactId: string | null;
  associationId: string | null;
  callbackId: string | null;
  record: CallRecord;
  version: number;
}

/** A record with what our own rows make of it. */
export interface Applied {
  id: string;
  integrationId: string;
  rootId: string;
  hubId: string;
  record: CallRecord;
  before: CallRow | null;
  accountId: string | null;
  /** Whose telephones ring. */
  ringing: string[];
  legAccounts: (string | null)[];
  queue: CallQueue | null;
  /** The other side's number. */
  other: string | null;
  match: Match;
  contactId: string | null;
  associationId: string | null;
  /** False where surely no work stands open about it. */
  mayHaveWork: boolean;
  version: number;
}
