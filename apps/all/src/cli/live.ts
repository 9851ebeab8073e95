import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readConfig } from '@app/platform/config';
import { ApiProblem, LiveApi } from './live-api';
import { HELP, LiveSession } from './live-session';

const USAGE =
  'npm run live -- --as agent|member|manager|supervisor|expert|coordinator [--url http://127.0.0.1:3000]\n   or: npm run live -- --email E --password P [--url …]';

interface Demonstrator {
  role: string;
  email: string;
  password: string;
}

function readArguments(): { url: string; email: string; password: string } {
  const { values } = parseArgs({
    options: {
      as: { type: 'string' },
      email: { type: 'string' },
      password: { type: 'string' },
      url: { type: 'string' },
    },
  });
  const { port, varDir } = readConfig();
  const url = (values.url ?? `http://127.0.0.1:${port}`).replace(/\/+$/, '');
  if (values.email && values.password) return { url, email: values.email, password: values.password };
  if (!values.as) throw new Error(USAGE);
  return { url, ...demonstrator(values.as, varDir) };
}

/** The demonstration writes its sign-ins beside its data. */
function demonstrator(role: string, varDir: string): { email: string; password: string } {
  let people: Demonstrator[];
  try {
    const file = readFileSync(path.join(varDir, 'demonstration-passwords.json'), 'utf8');
    people = (JSON.parse(file) as { people: Demonstrator[] }).people;
  } catch {
    throw new Error('There are no demonstration sign-ins: start Sanad first, or give --email and --password.');
  }
  const person = people.find((one) => one.role === role);
  if (!person) throw new Error(`No demonstration sign-in as "${role}": ${people.map((one) => one.role).join(', ')}.`);
  return { email: person.email, password: person.password };
}

async function main(): Promise<void> {
  const { url, email, password } = readArguments();
  const api = new LiveApi(url);
  const { name, membership } = await api.signIn(email, password).catch((error: Error) => {
    throw error instanceof ApiProblem ? error : new Error(`Sanad does not answer at ${url}: start it first.`);
  });
  console.log(`Signed in as ${name} (${membership.role}). ${HELP}`);
  const input = createInterface({ input: process.stdin });
  const live = new LiveSession(url, api, console.log, (code) => {
    live.stop();
    input.close();
    process.exitCode = code;
  });
  // Piped input ends at once; the feed goes on until it is stopped.
  input.on('line', (line) => void live.command(line));
  process.once('SIGINT', () => process.exit(0));
  live.start();
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
