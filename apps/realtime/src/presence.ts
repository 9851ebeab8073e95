import type { Presence, Viewer } from '@app/contract/realtime';
import type { SanadServer, SocketData } from './connection';
import { ticketRoom, ticketStaffRoom } from './rooms';

const QUIET_MS = 50;
/** Nobody learns from presence who asks. */
const REQUESTER: Viewer = { accountId: null, name: 'requester' };

/** Who looks at a ticket and who writes on it, one entry a person, whatever the number of windows. */
export function presenceOf(ticketId: string, sockets: readonly SocketData[]): Presence {
  const people = (some: readonly SocketData[]): Viewer[] => {
    const shown = some.map((one) => (one.staff ? { accountId: one.accountId, name: one.name } : REQUESTER));
    return [...new Map(shown.map((viewer) => [viewer.accountId, viewer])).values()];
  };
  return {
    ticketId,
    viewers: people(sockets),
    writers: people(sockets.filter((one) => one.typing === ticketId)),
  };
}

/** Tells the staff of a ticket who is there, from the sockets of all processes: there is no state that could be left behind. */
export class PresenceBoard {
  private readonly due = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly server: SanadServer,
    private readonly failed: (error: unknown) => void,
  ) {}

  async of(ticketId: string): Promise<Presence> {
    const sockets = await this.server.in(ticketRoom(ticketId)).fetchSockets();
    return presenceOf(
      ticketId,
      sockets.map((socket) => socket.data),
    );
  }

  /** Somebody came, went or writes: changes that come together are told together. */
  changed(ticketId: string): void {
    if (this.due.has(ticketId)) return;
    const timer = setTimeout(() => {
      this.due.delete(ticketId);
      void this.tell(ticketId).catch(this.failed);
    }, QUIET_MS);
    this.due.set(ticketId, timer);
  }

  close(): void {
    for (const timer of this.due.values()) clearTimeout(timer);
    this.due.clear();
  }

  private async tell(ticketId: string): Promise<void> {
    this.server.to(ticketStaffRoom(ticketId)).emit('presence', await this.of(ticketId));
  }
}
