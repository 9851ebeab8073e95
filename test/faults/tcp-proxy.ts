import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between two programs on the loopback and does what networks do: delay, silence, cuts. Several targets: the next one that accepts. */
export class TcpProxy {
  delayMs = 0;
  /** Nothing is passed on and nothing is closed: half-open connections, which stay so when the silence is over. */
  silent = false;
  private next = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    public targets: () => number[],
    /** Changes what the server says, for reordering. */
    private readonly downstream: (chunk: Buffer, pass: (chunk: Buffer) => void) => void,
  ) {}

  static async start(
    targets: () => number[],
    downstream: TcpProxy['downstream'] = (chunk, pass) => pass(chunk),
  ): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server, targets, downstream);
    server.on('connection', (client) => proxy.join(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  stop(): void {
    this.server.close();
    this.cutAll();
  }

  private join(client: Socket): void {
    this.sockets.add(client);
    client.on('error', () => undefined).on('close', () => this.sockets.delete(client));
    if (!this.silent) this.dial(client, this.targets().length);
  }

  /** As a reverse proxy: one that does not accept is passed over before anything was sent to it. */
  private dial(client: Socket, tries: number): void {
    const ports = this.targets();
    if (tries <= 0 || ports.length === 0) return void client.destroy();
    const server = connect(ports[this.next++ % ports.length], '127.0.0.1');
    server.once('error', () => this.dial(client, tries - 1));
    server.once('connect', () => {
      server.removeAllListeners('error');
      this.sockets.add(server);
      server.on('error', () => undefined).on('close', () => this.sockets.delete(server));
      const route = { dead: false };
      this.pipe(route, client, server, (chunk, pass) => pass(chunk));
      this.pipe(route, server, client, this.downstream);
    });
  }

  private pipe(route: { dead: boolean }, from: Socket, to: Socket, change: TcpProxy['downstream']): void {
    const later = (work: () => void): void => {
      if (this.delayMs === 0) return work();
      setTimeout(work, this.delayMs);
    };
    from.on('data', (chunk: Buffer) => {
      route.dead ||= this.silent;
      if (route.dead) return;
      change(chunk, (part) => later(() => void (to.writable && to.write(part))));
    });
    from.on('close', () => {
      if (!this.silent && !route.dead) later(() => to.destroy());
    });
  }
}
