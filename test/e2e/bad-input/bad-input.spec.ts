import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { portOf } from '@app/platform/http-app';
import { TestApp } from '../../support/app';
import { type Case, fill, fillAll, prepare } from './case';
import file from './cases.json';
import { checkProblem, rowsOf } from './checks';
import { type Scene, setScene } from './scene';
import { type Answer, send, sendRaw } from './send';

const cases = file.cases as unknown as Case[];
const bases = file.bases as Record<string, Partial<Case>>;
const built = cases.filter((one) => !one.feature);
const absent = cases.filter((one) => one.feature);
const wordings = new Map<string, string>();

/** What the program thinks somebody should look at. */
const alarms: string[] = [];

let t: TestApp;
let scene: Scene;
let rows: string;

beforeAll(async () => {
  t = await TestApp.start({ log: pino({ level: 'error' }, { write: (line) => alarms.push(line) }) });
  scene = await setScene(t);
  rows = await rowsOf(t);
}, 60_000);

afterAll(async () => {
  const features = [...new Set(absent.map((one) => one.feature))];
  const names = features.map(
    (name) => `  ${name}: ${absent.filter((one) => one.feature === name).map((one) => one.id)}`,
  );
  writeSync(2, `${built.length} bad inputs sent; not built:\n${names.join('\n')}\n`);
  await t?.stop();
});

test.each(built.map((one) => [`${one.id} ${one.what ?? one.query ?? ''}`, one] as const))('%s', async (_, one) => {
  const names = { ...scene.names, unique: randomUUID() };
  const before = rows;
  const answer = await ask(one, names);
  rows = await rowsOf(t);
  const { expect: wanted } = one;
  const verdict = [wanted.status].flat().includes(answer.status) ? 'as wanted' : answer.text.slice(0, 500);
  expect([answer.status, verdict]).toEqual([answer.status, 'as wanted']);
  checkLimits(one, answer);
  if (answer.status >= 400) {
    expect(rows).toBe(before);
    checkProblem(answer, wanted);
    checkWording(one, answer);
  }
  if (wanted.answer) expect(JSON.parse(answer.text)).toMatchObject(fillAll(wanted.answer, names) as object);
  if (wanted.then) await lookAgain(wanted.then, { ...names, answerId: JSON.parse(answer.text).id });
});

test('nothing of it was unforeseen, the program still serves, and no prototype was touched', async () => {
  expect(alarms).toEqual([]);
  await t.as({ token: scene.tokens.agent! }, 'get', '/me').expect(200);
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});

function ask(one: Case, names: Record<string, string>): Promise<Answer> {
  const port = portOf(t.app);
  if (one.raw !== undefined) return sendRaw(port, fill(one.raw, names));
  const { as, ...request } = prepare(one, bases, names);
  const token = scene.tokens[as];
  if (token === undefined) throw new Error(`Nobody is called ${as}.`);
  if (token) request.headers.authorization = `Bearer ${token}`;
  return send(port, request);
}

function checkLimits({ expect: wanted }: Case, answer: Answer): void {
  if (wanted.maxMs) expect(answer.ms).toBeLessThan(wanted.maxMs);
  if (wanted.maxBytes) expect(answer.text.length).toBeLessThan(wanted.maxBytes);
  if (wanted.closed) expect(answer.closed).toBe(true);
  if (wanted.answers) expect(answer.answers).toBe(wanted.answers);
  if (wanted.without) expect(answer.headers).not.toHaveProperty(wanted.without);
  if (wanted.never) expect(answer.text + JSON.stringify(answer.headers)).not.toContain(wanted.never);
}

/** What is not there, foreign or hidden is refused in one wording; only the address that was asked differs. */
function checkWording({ same }: Case, answer: Answer): void {
  if (!same) return;
  const { instance: _, ...problem } = JSON.parse(answer.text);
  const wording = JSON.stringify(problem);
  if (!wordings.has(same)) wordings.set(same, wording);
  expect(wording).toBe(wordings.get(same));
}

async function lookAgain({ path, answer }: { path: string; answer: object }, names: Record<string, string>) {
  const { body } = await t.as({ token: scene.tokens.member! }, 'get', fill(path, names)).expect(200);
  expect(body).toMatchObject(fillAll(answer, names) as object);
}
