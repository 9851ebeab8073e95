import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { WallSnapshot } from '@app/contract/realtime';
import { holds, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { WallboardQueries, type WallScope } from '@app/features/reports/wallboard.queries';
import type { WallboardView } from '@app/features/reports/wallboard-view.dto';
import { LOG, type Log } from '@app/platform/log';
import type { SanadServer, SanadSocket } from './connection';

const EVERY_MS = 2_000;
const ROOM = 'wall:';

/**
 * Pushes walls to those who look at one: whole, at most every 2 s, and only when something on them has changed. Who joins gets the
 * newest at once. Each process reads for its own sockets, and only the hubs that somebody looks at.
 */
@Injectable()
export class WallService implements OnApplicationShutdown {
  private server: SanadServer;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> | null = null;
  /** What each room was told last, without its instant. */
  private readonly told = new Map<string, string>();

  constructor(
    private readonly walls: WallboardQueries,
    @Inject(LOG) private readonly log: Log,
  ) {}

  start(server: SanadServer): void {
    this.server = server;
    this.timer = setInterval(() => this.tick(), EVERY_MS);
  }

  /** Puts a socket before its wall, the own hub's or for the programme any, and shows it. @throws Refusal */
  async join(socket: SanadSocket, actor: Actor, hubId?: string): Promise<void> {
    if (!holds(actor, 'hubs:live')) throw new Refusal('not_found', 'Not found.');
    const scope = this.walls.scopeOf(actor, hubId);
    await this.leave(socket);
    await socket.join(ROOM + scope);
    const view = (await this.walls.snapshots([scope])).get(scope)!;
    socket.emit('wall.snapshot', snapshotOf(view));
  }

  /** One wall at a time: what hangs there is left. */
  async leave(socket: SanadSocket): Promise<void> {
    for (const room of [...socket.rooms].filter((one) => one.startsWith(ROOM))) await socket.leave(room);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }

  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** A reading that takes longer than its turn is not begun again beside itself. */
  private tick(): void {
    this.turn ??= this.push()
      .catch((error: Error) => this.log.warn({ err: error.message }, 'walls could not be read'))
      .finally(() => (this.turn = null));
  }

  private async push(): Promise<void> {
    const rooms = [...this.server.of('/').adapter.rooms.keys()].filter((room) => room.startsWith(ROOM));
    for (const room of this.told.keys()) if (!rooms.includes(room)) this.told.delete(room);
    if (rooms.length === 0) return;
    const walls = await this.walls.snapshots(rooms.map((room) => room.slice(ROOM.length) as WallScope));
    for (const [scope, view] of walls) this.tell(ROOM + scope, view);
  }

  private tell(room: string, view: WallboardView): void {
    const snapshot = snapshotOf(view);
    const said = JSON.stringify({ ...snapshot, asOf: null });
    if (this.told.get(room) === said) return;
    this.told.set(room, said);
    this.server.local.to(room).emit('wall.snapshot', snapshot);
  }
}

/** As it travels: instants as texts. */
function snapshotOf(view: WallboardView): WallSnapshot {
  return JSON.parse(JSON.stringify(view)) as WallSnapshot;
}
