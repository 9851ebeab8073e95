import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readConfig } from '@app/platform/config';
import { ApiProblem, LiveApi } from './live-api';
import { LiveFeed } from './live-feed';
import { pokeLine, presenceLine, ticketLine, ticketPage } from './live-lines';

const HELP = 'Commands: list | open <ref> | claim <ref> | answer <ref> <text> | note <ref> <text> | quit';
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

class Live {
  private readonly feed: LiveFeed;
  /** One line after the other, in the order of the log. */
  private printing: Promise<void> = Promise.resolve();
  private readonly opened = new Map<string, string>();

  constructor(
    url: string,
    private readonly api: LiveApi,
    private readonly end: (code: number) => void,
  ) {
    this.feed = new LiveFeed(url, api.token, {
      poke: (poke) => this.print(() => this.poked(poke.at, poke.type, poke.id)),
      presence: (presence) => {
        const reference = this.opened.get(presence.ticketId);
        if (reference) void this.print(async () => presenceLine(reference, presence));
      },
      figures: () => undefined,
      resync: () => this.print(async () => `Too much was missed; the list as it is now:\n${await this.list()}`),
      note: (text) => this.print(async () => `-- ${text}`),
      over: (text) => void this.print(async () => `-- ${text}`).then(() => this.end(1)),
    });
  }

  start(): void {
    this.feed.connect();
  }

  async command(line: string): Promise<void> {
    const [, name, reference, text] = /^\s*(\S+)(?:\s+(\S+))?(?:\s+([\s\S]+))?$/.exec(line) ?? [];
    if (name === undefined) return;
    if (name === 'quit') return this.end(0);
    await this.print(() => this.answer(name, reference, text?.trim()));
  }

  stop(): void {
    this.feed.close();
  }

  private async answer(name: string, reference?: string, text?: string): Promise<string> {
    if (name === 'list') return this.list();
    if (!reference) return HELP;
    if (name === 'open') return this.open(reference);
    if (name === 'claim') return ticketLine(await this.api.claim(reference));
    if ((name === 'answer' || name === 'note') && text) {
      return ticketLine(await this.api.say(reference, name === 'note' ? 'note' : 'reply', text));
    }
    return HELP;
  }

  private async open(reference: string): Promise<string> {
    const ticket = await this.api.ticket(reference);
    const messages = await this.api.messages(ticket.id);
    this.opened.set(ticket.id, ticket.reference);
    await this.feed.watch(ticket.id);
    return ticketPage(ticket, messages);
  }

  private async list(): Promise<string> {
    const tickets = await this.api.list();
    return tickets.map(ticketLine).join('\n') || 'No tickets.';
  }

  private async poked(at: string, type: string, id: string | null): Promise<string> {
    if (!id || !/^(ticket|clock)\./.test(type)) return pokeLine(at, type, '');
    const line = await this.api.ticket(id).then(ticketLine, (error) => {
      if (error instanceof ApiProblem && error.status === 404) return '(no longer yours to read)';
      throw error;
    });
    return pokeLine(at, type, line);
  }

  private print(text: () => Promise<string>): Promise<void> {
    this.printing = this.printing.then(async () => {
      console.log(await text().catch((error: Error) => `! ${error.message}`));
    });
    return this.printing;
  }
}

async function main(): Promise<void> {
  const { url, email, password } = readArguments();
  const api = new LiveApi(url);
  const { name, membership } = await api.signIn(email, password).catch((error: Error) => {
    throw error instanceof ApiProblem ? error : new Error(`Sanad does not answer at ${url}: start it first.`);
  });
  console.log(`Signed in as ${name} (${membership.role}). ${HELP}`);
  const input = createInterface({ input: process.stdin });
  const live = new Live(url, api, (code) => {
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
