import type { TestApp } from '../../support/app';
import type { Answer } from './send';

const KEYS = ['type', 'title', 'status', 'detail', 'instance', 'code', 'errors', 'retryAfter'];
/** Words of the inside: stacks, SQL, files, libraries. */
const INSIDE =
  /node_modules|\.ts:\d|\.js:\d|\bat \S+ \(|\bselect .* from\b|\binsert into\b|syntax error|relation "|postgres|sqlstate|(?<!\/v1|\/me)\/(work|home|usr|tmp)\/|QueryFailed|TypeError|Fastify|FST_|HPE_|password_hash|argon2|evil\.test/i;

const COUNTED = [
  'account',
  'association',
  'contact',
  'contact_phone',
  'contact_email',
  'escalation',
  'idempotency',
  'membership',
  'message',
  'session',
  'ticket',
  'ticket_grant',
];

/** Everything that a request can write, in one text: counts, and what people did by the log; the background writes as nobody. */
export async function rowsOf(t: TestApp): Promise<string> {
  const counts = COUNTED.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ');
  const { rows } = await t.world.client.query<object>(`select ${counts},
    (select count(*) from event where actor_id is not null) as events,
    (select count(*) from session where revoked_at is not null) as ended,
    (select count(*) from notification where read_at is not null) as read,
    (select sum(version) from association) as associations, (select sum(version) from contact) as contacts`);
  return JSON.stringify(rows[0]);
}

/** Problem details with a code, the field named, and nothing of the inside. */
export function checkProblem(answer: Answer, wanted: { code?: string; pointer?: string; field?: string }): void {
  if (answer.text === '') return; // an answer to HEAD
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.text).not.toMatch(INSIDE);
  const problem = JSON.parse(answer.text);
  expect(KEYS).toEqual(expect.arrayContaining(Object.keys(problem)));
  expect(problem).toMatchObject({
    type: `urn:sanad:problem:${problem.code}`,
    title: expect.stringMatching(/\S/),
    status: answer.status,
    detail: expect.stringMatching(/\S/),
    instance: expect.any(String),
  });
  if (wanted.code) expect(problem.code).toBe(wanted.code);
  const { pointer, field } = wanted;
  if (pointer === undefined && field === undefined) return;
  const found = { ...(pointer === undefined ? {} : { pointer }), ...(field ? { code: field } : {}) };
  expect(problem.errors).toContainEqual(expect.objectContaining(found));
}
