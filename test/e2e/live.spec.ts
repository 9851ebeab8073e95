import { LiveApi } from '../../apps/all/src/cli/live-api';
import { LiveSession } from '../../apps/all/src/cli/live-session';
import { TestApp } from '../support/app';
import { PASSWORD, type TestPerson } from '../support/world';

let t: TestApp;
const sessions: LiveSession[] = [];

/** A terminal of somebody who signs in with e-mail and password. */
async function terminal(person: TestPerson): Promise<{ session: LiveSession; lines: string[]; ended: number[] }> {
  const api = new LiveApi(t.url);
  await api.signIn(person.email, PASSWORD);
  const [lines, ended]: [string[], number[]] = [[], []];
  const session = new LiveSession(
    t.url,
    api,
    (text) => lines.push(text),
    (code) => ended.push(code),
  );
  sessions.push(session);
  session.start();
  await t.until(async () => lines.includes('-- Connected.'));
  return { session, lines, ended };
}

beforeAll(async () => {
  t = await TestApp.start();
}, 60_000);
afterAll(async () => {
  for (const session of sessions) session.stop();
  await t?.stop();
});

test('a question appears at the agent’s terminal, is claimed and answered there, and the member sees it', async () => {
  const association = await t.world.association('FM', 'MA-FES');
  const member = await t.world.person(association, 'member');
  const supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
  const stranger = await t.world.staff('MS', 'agent');
  const [here, there, elsewhere] = [await terminal(supervisor), await terminal(member), await terminal(stranger)];
  const subject = 'تأخر الوصل';
  const { body: asked } = await t.ask(member, { subject }).expect(201);
  const reference = asked.reference as string;
  await t.until(async () => here.lines.some((line) => line.includes('ticket.created') && line.includes(reference)));
  expect(here.lines.join('\n')).toContain(`\u2068${subject}`);

  await here.session.command('list');
  expect(here.lines.at(-1)).toContain(reference);
  await here.session.command(`open ${reference}`);
  expect(here.lines.join('\n')).toMatch(/firstResponse: running, due 20/);
  await here.session.command(`claim ${reference.toLowerCase().replaceAll('-', '')}`);
  await here.session.command(`note ${reference} note interne`);
  await here.session.command(`answer ${reference} Vous pouvez agir avec le récépissé provisoire.`);
  await t.until(async () => there.lines.some((line) => line.includes('ticket.replied') && line.includes('answered')));
  expect(there.lines.join('\n')).not.toContain('ticket.noted');
  await there.session.command(`open ${reference}`);
  expect(there.lines.join('\n')).toContain('récépissé provisoire');
  expect(there.lines.join('\n')).not.toContain('note interne');
  await elsewhere.session.command(`open ${reference}`);
  expect(elsewhere.lines.at(-1)).toMatch(/^! /);
  expect(elsewhere.lines.join('\n')).not.toContain(subject);
  await there.session.command('quit');
  expect(there.ended).toEqual([0]);
});

test('signing out elsewhere ends the terminal at once', async () => {
  const agent = await t.world.staff('FM', 'agent');
  const api = new LiveApi(t.url);
  await api.signIn(agent.email, PASSWORD);
  const ended: number[] = [];
  const session = new LiveSession(
    t.url,
    api,
    () => undefined,
    (code) => ended.push(code),
  );
  sessions.push(session);
  session.start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await t.as({ token: api.token }, 'delete', '/sessions/current').expect(204);
  await t.until(async () => ended.length > 0);
  expect(ended).toEqual([1]);
});
