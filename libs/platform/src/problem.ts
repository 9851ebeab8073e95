import { HttpException } from '@nestjs/common';
import { Refusal, type FieldProblem, type RefusalCode } from '@app/domain/refusal';

/** RFC 9457 problem details with a stable code. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: RefusalCode;
  errors?: FieldProblem[];
  retryAfter?: number;
}

const STATUS: Record<RefusalCode, number> = {
  validation_failed: 400,
  malformed_json: 400,
  malformed_multipart: 400,
  forbidden_key: 400,
  too_complex: 400,
  invalid_cursor: 400,
  unauthorized: 401,
  invalid_token: 401,
  invalid_credentials: 401,
  forbidden: 403,
  csrf: 403,
  not_found: 404,
  method_not_allowed: 405,
  already_exists: 409,
  already_assigned: 409,
  in_progress: 409,
  status_not_allowed: 409,
  stale_reply: 409,
  ticket_merged: 409,
  merge_not_allowed: 409,
  undo_too_late: 409,
  validation_required: 409,
  own_validation: 409,
  already_decided: 409,
  offer_closed: 409,
  not_available: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  type_not_allowed: 422,
  image_too_large: 422,
  idempotency_key_reused: 422,
  precondition_required: 428,
  rate_limited: 429,
  overloaded: 503,
  starting: 503,
  internal: 500,
};

const BY_STATUS: Record<number, RefusalCode> = {
  400: 'malformed_json',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'overloaded',
};

const RETRY_SECONDS: Partial<Record<RefusalCode, number>> = {
  overloaded: 1,
  starting: 2,
  in_progress: 1,
  rate_limited: 60,
};

const TITLE: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Not processable',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Temporarily unavailable',
};

export function problemOf(refusal: Refusal, instance: string): Problem {
  const status = STATUS[refusal.code];
  return {
    type: `urn:sanad:problem:${refusal.code}`,
    title: TITLE[status],
    status,
    detail: refusal.message,
    instance: instance.replace(/^\w+:\/\/[^/]*|\?.*$/gs, ''),
    code: refusal.code,
    ...(refusal.errors.length > 0 ? { errors: refusal.errors } : {}),
    ...(RETRY_SECONDS[refusal.code] ? { retryAfter: RETRY_SECONDS[refusal.code] } : {}),
  };
}

interface Verdict {
  refusal: Refusal;
  /** Asks for an alert, because a bug or a boundary crossed lies behind it. */
  unexpected: boolean;
}

/** Any error as a refusal. */
export function refusalOf(error: unknown): Verdict {
  if (error instanceof Refusal) return { refusal: error, unexpected: error.code === 'internal' };
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (isConnectionLoss(error)) return verdict(BUSY);
  if (isUnwritable(error)) return { ...verdict(FULL), unexpected: true };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return fromDatabase(code);
  if (error instanceof HttpException) return fromStatus(error.getStatus());
  return fromStatus(typeof statusCode === 'number' && statusCode < 500 ? statusCode : 500);
}

function fromStatus(status: number): Verdict {
  const code = BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'validation_failed' : 'internal');
  return code === 'internal' ? verdict(INTERNAL) : verdict([code, TITLE[STATUS[code]] + '.']);
}

type Wording = [RefusalCode, string];
const BUSY: Wording = ['overloaded', 'The service is busy. Try again.'];
const FULL: Wording = ['overloaded', 'This cannot be stored now. Try again later.'];
const INTERNAL: Wording = ['internal', 'Something went wrong on our side.'];
const EXISTS: Wording = ['already_exists', 'This exists already.'];
const BY_STATE: Record<string, Wording> = {
  '23505': EXISTS,
  '23P01': EXISTS,
  '23503': ['not_found', 'Something named here does not exist.'],
  '42501': ['not_found', 'Not found.'],
  '55P03': ['in_progress', 'Another change is in progress. Try again.'],
};
const BY_CLASS: Record<string, Wording> = {
  '22': ['validation_failed', 'A value cannot be stored.'],
  '08': BUSY,
  '40': BUSY,
  '53': BUSY,
  '57': BUSY,
};

function fromDatabase(state: string): Verdict {
  const found = verdict(BY_STATE[state] ?? BY_CLASS[state.slice(0, 2)] ?? INTERNAL);
  // The application's own filter should have refused it first: row-level security was the last net.
  return state === '42501' ? { ...found, unexpected: true } : found;
}

function verdict([code, detail]: Wording): Verdict {
  return { refusal: new Refusal(code, detail), unexpected: code === 'internal' };
}

/** The disk is full, or the storage of files does not take one: it hides why. */
function isUnwritable(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'E_CANNOT_WRITE_FILE';
}

function isConnectionLoss(error: unknown): boolean {
  const { message = '', code = '' } = (error ?? {}) as { message?: string; code?: string };
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code)) return true;
  return /connection terminated|connection error|timeout exceeded when trying to connect|not queryable|connection ended/i.test(
    message,
  );
}
