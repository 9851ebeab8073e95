import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Speaks a protocol of telephone systems on a real socket, as a script says. */
abstract class ScriptedPbx {
  private server: Server;
  protected sockets = new Set<Socket>();
  /** How often somebody has signed in. */
  logins = 0;
  port = 0;

  async start(port = 0): Promise<void> {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
        for (let end = text.indexOf(this.end); end >= 0; end = text.indexOf(this.end)) {
          this.asked(socket, text.slice(0, end));
          text = text.slice(end + this.end.length);
        }
      });
      this.greet(socket);
    });
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** All lines are cut, as by a restart. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  protected abstract readonly end: string;
  protected abstract greet(socket: Socket): void;
  protected abstract asked(socket: Socket, message: string): void;

  protected write(text: string): void {
    for (const socket of this.sockets) {
      // In two pieces: what comes over a line is not cut at messages.
      const middle = Math.floor(text.length / 2);
      socket.write(text.slice(0, middle));
      socket.write(text.slice(middle));
    }
  }
}

export class ScriptedAsterisk extends ScriptedPbx {
  protected readonly end = '\r\n\r\n';
  secret = 'geheim';
  members: Record<string, string>[] = [];
  entries: Record<string, string>[] = [];
  channels: Record<string, string>[] = [];

  play(...events: Record<string, string | number>[]): void {
    for (const event of events) this.write(ami(event));
  }

  protected greet(socket: Socket): void {
    socket.write('Asterisk Call Manager/9.0.0\r\n');
  }

  protected asked(socket: Socket, text: string): void {
    const message = Object.fromEntries(text.split('\r\n').map((line) => line.split(': ')));
    const { Action, ActionID, Secret } = message as Record<string, string>;
    const say = (event: Record<string, string | number>): void => void socket.write(ami({ ...event, ActionID }));
    if (Action === 'Login') {
      if (Secret !== this.secret) return say({ Response: 'Error', Message: 'Authentication failed' });
      this.logins += 1;
      say({ Response: 'Success', Message: 'Authentication accepted' });
    } else if (Action === 'QueueStatus') {
      say({ Response: 'Success', EventList: 'start' });
      for (const one of this.members) say({ Event: 'QueueMember', ...one });
      for (const one of this.entries) say({ Event: 'QueueEntry', ...one });
      say({ Event: 'QueueStatusComplete', EventList: 'Complete' });
    } else if (Action === 'CoreShowChannels') {
      say({ Response: 'Success', EventList: 'start' });
      for (const one of this.channels) say({ Event: 'CoreShowChannel', ...one });
      say({ Event: 'CoreShowChannelsComplete', EventList: 'Complete' });
    } else say({ Response: 'Success', Ping: 'Pong' });
  }
}

function ami(event: Record<string, string | number>): string {
  return `${Object.entries(event)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\r\n')}\r\n\r\n`;
}

export class ScriptedFreeswitch extends ScriptedPbx {
  protected readonly end = '\n\n';
  channels: { uuid: string }[] = [];
  agents: { name: string; status: string; state: string }[] = [];

  play(...events: Record<string, string | number>[]): void {
    for (const event of events) {
      const body = `${Object.entries(event)
        .map(([key, value]) => `${key}: ${encodeURIComponent(value)}`)
        .join('\n')}\n\n`;
      this.write(`Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-plain\n\n${body}`);
    }
  }

  protected greet(socket: Socket): void {
    socket.write('Content-Type: auth/request\n\n');
  }

  protected asked(socket: Socket, text: string): void {
    if (text.startsWith('auth ')) this.logins += 1;
    const answer = (body: string): void =>
      void socket.write(`Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`);
    if (text.startsWith('api show')) answer(JSON.stringify({ row_count: this.channels.length, rows: this.channels }));
    else if (text.startsWith('api callcenter_config agent list')) {
      const rows = this.agents.map(
        ({ name, status, state }) => `${name}|single_box||callback|${name}|${status}|${state}`,
      );
      answer(['name|instance_id|uuid|type|contact|status|state', ...rows, '+OK', ''].join('\n'));
    } else socket.write('Content-Type: command/reply\nReply-Text: +OK accepted\n\n');
  }
}
