import createClient from 'openapi-fetch';
import type { paths } from '@app/contract/openapi';
import { hasText, t } from './i18n';

/** The API of this origin; the session is a cookie that scripts cannot read. */
export const api = createClient<paths>({
  // Several values of one parameter stand in it once, separated by commas.
  querySerializer: { array: { style: 'form', explode: false } },
  baseUrl: '',
  credentials: 'same-origin',
});

export interface FieldError {
  pointer: string;
  code: string;
}

/** A refusal of the API, or `network` when no answer came. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly errors: FieldError[] = [],
    /** Seconds to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(code);
    this.name = 'ApiProblem';
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer; refusals and lost connections are thrown as `ApiProblem`. */
export async function call<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request.catch(() => {
    throw new ApiProblem('network', 0);
  });
  if (response.ok) return data as T;
  throw problemFrom(error, response.status);
}

export function problemFrom(body: unknown, status: number): ApiProblem {
  const { code, errors, retryAfter } = (typeof body === 'object' && body !== null ? body : {}) as Partial<ApiProblem>;
  const known = typeof code === 'string' ? code : status >= 500 ? 'internal' : 'validation_failed';
  return new ApiProblem(known, status, Array.isArray(errors) ? errors : [], retryAfter ?? null);
}

/** What happened, what is kept, what to do, in the language of the screen. */
export function problemText(problem: unknown): string {
  const code = problem instanceof ApiProblem ? problem.code : 'internal';
  const id = `ui.problem.${code}`;
  return t(hasText(id) ? id : 'ui.problem.internal');
}

/** A key for a creation that may be sent twice; make it once for each intent, not for each attempt. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `If-Match` of a version. */
export function ifMatch(version: number): string {
  return `"v${version}"`;
}
