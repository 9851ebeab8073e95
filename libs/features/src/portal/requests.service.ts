import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { VISITOR } from '@app/domain/access';
import { parsePhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { looksAlikeMixedScript } from '@app/domain/text';
import { DAY_MS } from '@app/domain/zone';
import { countLimits, type Limit } from '../identity/login-limit';
import type { IdempotentRequest } from '../tickets/idempotency';
import { TicketCreateService } from '../tickets/ticket-create.service';
import type { NewTicket } from '../tickets/ticket-draft';
import type { ClockView } from '../tickets/ticket-view.dto';
import type { PromisedInstant } from '../tickets/promised.dto';
import type { PortalReceipt } from './portal-view.dto';

export interface PortalQuestion {
  body: string;
  subject?: string;
  categoryCode: string;
  placeCode: string;
  associationName?: string;
  name?: string;
  email?: string;
  phone?: string;
  preferredLanguage: 'fr' | 'ar';
  uploadIds?: string[];
}

/** Many phones share one address of their operator. */
const MAX_BY_ADDRESS = 40;
const MAX_BY_EMAIL = 6;
/** A key that others may guess would show them the answer of another. */
const SHORTEST_KEY = 16;
const LONGEST_SUBJECT = 120;
const NAMELESS = { fr: 'Sans nom', ar: 'بدون اسم' };

/** Questions of people without an account. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly db: TenantDb,
    private readonly creation: TicketCreateService,
  ) {}

  /** The same way in as for everybody; the answer does not depend on whether anything is known of the asker. */
  async ask(question: PortalQuestion, request: IdempotentRequest, address: string): Promise<PortalReceipt> {
    if (request.key.length < SHORTEST_KEY) {
      throw Refusal.field('header:Idempotency-Key', 'too_short', `The key has at least ${SHORTEST_KEY} characters.`);
    }
    const ticket = ticketOf(question);
    await this.db.system((tx) => countLimits(tx, limitsOf(question, address)));
    // Keys of strangers are kept as hashes: the follow-up code follows from them.
    const hidden = createHash('sha256').update(request.key).digest('base64url');
    const created = await this.creation.create(VISITOR, ticket, { ...request, key: hidden, seed: request.key });
    const { code, nameFr, nameAr } = created.hub;
    return {
      reference: created.reference,
      followUpCode: created.followUpCode!,
      subject: created.subject,
      openedAt: created.openedAt,
      hub: { code, nameFr, nameAr },
      routing: created.routing,
      firstResponse: promised(created.promise.firstResponse),
      resolution: promised(created.promise.resolution),
    };
  }
}

function limitsOf({ email }: PortalQuestion, address: string): Limit[] {
  const byAddress = { kind: 'ask-address', value: address, max: MAX_BY_ADDRESS };
  return email ? [byAddress, { kind: 'ask-email', value: email, max: MAX_BY_EMAIL, windowMs: DAY_MS }] : [byAddress];
}

function ticketOf(question: PortalQuestion): NewTicket {
  refuseUnreachable(question);
  const { body, categoryCode, placeCode, associationName, preferredLanguage } = question;
  const lookAlike = looksAlikeMixedScript([question.name, associationName].join(' '));
  return {
    subject: question.subject ?? firstLine(body),
    body,
    categoryCode,
    placeCode,
    answerLanguage: preferredLanguage,
    associationName,
    tags: lookAlike ? ['look_alike'] : [],
    contact: contactOf(question),
    uploadIds: question.uploadIds,
  };
}

/** @throws Refusal for a telephone number that is none and an e-mail that mixes scripts */
function refuseUnreachable({ phone, email }: PortalQuestion): void {
  if (phone !== undefined && !parsePhone(phone)) {
    throw Refusal.field('/phone', 'phone_expected', 'This is not a telephone number.');
  }
  if (email !== undefined && looksAlikeMixedScript(email)) {
    throw Refusal.field('/email', 'look_alike', 'This address mixes letters of two alphabets.');
  }
}

/** Nobody who left nothing of themselves. */
function contactOf({ name, email, phone, associationName, preferredLanguage }: PortalQuestion): NewTicket['contact'] {
  if ([name, email, phone].every((one) => one === undefined)) return undefined;
  const shown = name ?? associationName ?? NAMELESS[preferredLanguage];
  return { name: shown, phone, email, writtenLanguage: preferredLanguage };
}

/** The beginning of the question, cut at a word. */
function firstLine(body: string): string {
  const [line] = body.trim().split('\n');
  const letters = Array.from(line);
  if (letters.length <= LONGEST_SUBJECT) return line;
  const cut = letters.slice(0, LONGEST_SUBJECT - 1).join('');
  return `${cut.replace(/\s+\S*$/u, '') || cut}…`;
}

function promised(clock: ClockView | null): PromisedInstant | null {
  if (!clock?.dueAt) return null;
  return { dueAt: clock.dueAt, dueLocal: clock.dueLocal!, targetMinutes: clock.targetMinutes, time: clock.time };
}
