/** Stable codes that reach API clients; screens translate them. */
export const REFUSAL_CODES = [
  'validation_failed',
  'malformed_json',
  'malformed_multipart',
  'forbidden_key',
  'too_complex',
  'invalid_cursor',
  'unauthorized',
  'invalid_token',
  'invalid_credentials',
  'forbidden',
  'csrf',
  'not_found',
  'method_not_allowed',
  'already_exists',
  'already_assigned',
  'in_progress',
  'status_not_allowed',
  'stale_reply',
  'ticket_merged',
  'merge_not_allowed',
  'undo_too_late',
  'validation_required',
  'own_validation',
  'already_decided',
  'offer_closed',
  'not_available',
  'precondition_failed',
  'precondition_required',
  'payload_too_large',
  'uri_too_long',
  'unsupported_media_type',
  'type_not_allowed',
  'image_too_large',
  'idempotency_key_reused',
  'rate_limited',
  'overloaded',
  'starting',
  'internal',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** One field's problem: `pointer` is a JSON Pointer into the body, or `?name` for a query parameter. */
export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

/**
 * The only error that rules throw. `detail` is English for developers and never echoes input;
 * screens show the translation of `code`.
 */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    detail: string,
    readonly errors: FieldProblem[] = [],
  ) {
    super(detail);
    this.name = 'Refusal';
  }

  /** A refusal of one field. */
  static field(pointer: string, code: string, detail: string): Refusal {
    return new Refusal('validation_failed', 'The request has invalid fields.', [{ pointer, code, detail }]);
  }
}
