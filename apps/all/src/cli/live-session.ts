import { ApiProblem, type LiveApi } from './live-api';
import { LiveFeed } from './live-feed';
import { pokeLine, presenceLine, ticketLine, ticketPage } from './live-lines';

export const HELP = 'Commands: list | open <ref> | claim <ref> | answer <ref> <text> | note <ref> <text> | quit';

/** Somebody at a terminal: what happens is printed as it happens, and a few commands answer it. */
export class LiveSession {
  private readonly feed: LiveFeed;
  /** One line after the other, in the order of the log. */
  private printing: Promise<void> = Promise.resolve();
  private readonly opened = new Map<string, string>();

  constructor(
    url: string,
    private readonly api: LiveApi,
    private readonly out: (text: string) => void,
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
      this.out(await text().catch((error: Error) => `! ${error.message}`));
    });
    return this.printing;
  }
}
