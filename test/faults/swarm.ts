import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export interface SwarmCount {
  ready: number;
  /** How many have not heard the newest poke that any of them has heard. */
  behind: number;
}

/** Many sockets in a process of their own, which come back as the screens do: after 1 to 15 s, at random. */
export class Swarm {
  private constructor(private readonly child: ChildProcess) {}

  static async start(url: string, tokens: readonly string[], sockets: number): Promise<Swarm> {
    const child = fork(path.join(__dirname, 'swarm.mjs'), { stdio: 'inherit', execArgv: [] });
    const swarm = new Swarm(child);
    await swarm.ask({ kind: 'open', url, tokens, sockets });
    return swarm;
  }

  count(): Promise<SwarmCount> {
    return this.ask({ kind: 'count' }) as Promise<SwarmCount>;
  }

  /** From now on nothing is read. */
  async deaf(): Promise<void> {
    await this.ask({ kind: 'deaf' });
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await new Promise((resolve) => this.child.once('exit', resolve));
  }

  private ask(message: object): Promise<unknown> {
    return new Promise((resolve) => {
      this.child.once('message', resolve);
      this.child.send(message);
    });
  }
}
