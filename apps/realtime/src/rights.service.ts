import { Injectable } from '@nestjs/common';
import { TenantDb, type RunOptions } from '@app/db/tenant-db';
import { holds, isGuest, isRequester, may, type Actor } from '@app/domain/access';
import { SessionReader } from '@app/platform/session-reader';
import type { Connection } from './connection';
import { EventStore, subjectOf, type SubjectColumns } from './event-store';

const COLUMNS = 'select t.hub_id, t.association_id, t.requester_account_id, t.assignee_id, t.restricted';

/** What has changed for a connection since it was let in. */
export interface Verdict {
  session: 'same' | 'ended' | 'changed';
  /** Watched tickets that may not be read any more. */
  lost: string[];
}

/** The rights behind a socket: at each `watch`, and again all the time it is open. */
@Injectable()
export class RightsService {
  constructor(
    private readonly db: TenantDb,
    private readonly store: EventStore,
    private readonly sessions: SessionReader,
  ) {}

  /** The same read check as the API's, on the row that the actor's own database role shows. */
  async mayRead(actor: Actor, ticketId: string): Promise<boolean> {
    if (!holds(actor, 'tickets:read')) return false;
    const own = await this.read(actor, `${COLUMNS}, null as can_write from ticket t where t.id = $1`, ticketId, {});
    if (own && !isGuest(actor)) return may(actor, 'tickets:read', { ...subjectOf(own), grant: 'none' });
    if (isRequester(actor) && !isGuest(actor)) return false;
    const lent = await this.read(
      actor,
      `${COLUMNS}, (select bool_or(g.can_write) from ticket_grant g where g.ticket_id = t.id) as can_write from ticket t where t.id = $1`,
      ticketId,
      { as: 'guest' },
    );
    if (!lent) return false;
    return may(actor, 'tickets:read', { ...subjectOf(lent), grant: lent.can_write ? 'write' : 'read' });
  }

  /** Asks about all connections of the process in two statements. */
  async review(connections: readonly Connection[]): Promise<Map<Connection, Verdict>> {
    const tokens = [...new Set(connections.map((one) => one.token))];
    const found = await Promise.all(tokens.map((token) => this.sessions.find(token)));
    const actors = new Map(tokens.map((token, at) => [token, found[at]?.actor ?? null]));
    const watched = [...new Set(connections.flatMap((one) => [...one.watched]))];
    const subjects = watched.length > 0 ? await this.store.subjects(watched) : new Map();
    const reads = (actor: Actor, ticketId: string): boolean => {
      const now = subjects.get(ticketId);
      if (!now) return false;
      const grants = [now.grants.get(actor.accountId)];
      if (actor.role !== 'expert') grants.push(now.grants.get(actor.hubId ?? ''));
      const grant = grants.includes(true) ? 'write' : grants.includes(false) ? 'read' : 'none';
      return may(actor, 'tickets:read', { ...now.subject, grant });
    };
    return new Map(
      connections.map((one) => {
        const actor = actors.get(one.token) ?? null;
        return [one, { session: sessionState(one.signedIn.actor, actor), lost: lostBy(one, reads) }];
      }),
    );
  }

  private async read(
    actor: Actor,
    text: string,
    ticketId: string,
    options: RunOptions,
  ): Promise<(SubjectColumns & { can_write: boolean | null }) | null> {
    const name = `watch-${options.as ?? 'own'}`;
    const rows = await this.db.run(
      actor,
      (tx) => tx.query<SubjectColumns & { can_write: boolean | null }>(name, text, [ticketId]),
      options,
    );
    return rows[0] ?? null;
  }
}

function sessionState(then: Actor, now: Actor | null): Verdict['session'] {
  if (!now) return 'ended';
  const same =
    then.role === now.role &&
    then.hubId === now.hubId &&
    then.associationId === now.associationId &&
    then.cleared === now.cleared;
  return same ? 'same' : 'changed';
}

function lostBy(connection: Connection, reads: (actor: Actor, ticketId: string) => boolean): string[] {
  return [...connection.watched].filter((ticketId) => !reads(connection.signedIn.actor, ticketId));
}
