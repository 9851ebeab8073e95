import { detailLabel, detailsOf, valueWords } from '@app/domain/audit-trail';
import type { EventType } from '@app/domain/events';
import { describeEvent } from '@app/domain/history';
import type { AuditActor, AuditDetail, AuditEntry, AuditWords } from './audit-view.dto';

export interface AuditRow {
  id: string;
  xid: string;
  at: Date;
  type: EventType;
  hubId: string | null;
  ticketId: string | null;
  actorId: string | null;
  data: Record<string, unknown>;
  reference: string | null;
}

interface Known {
  names: ReadonlyMap<string, string>;
  hubs: readonly { id: string; nameFr: string; nameAr: string }[];
  /** Reasons that the programme lists, by code. */
  reasons: ReadonlyMap<string, AuditWords>;
  sealed: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whose names a page needs. */
export function mentionedIn(rows: readonly AuditRow[]): string[] {
  const ids = rows.flatMap(({ actorId, data }) => [actorId, personIn(data), data.from, data.to]);
  return [...new Set(ids.filter((one): one is string => typeof one === 'string' && UUID.test(one)))];
}

export function entryOf(row: AuditRow, known: Known): AuditEntry {
  const { id, at, type, hubId, ticketId, data, reference } = row;
  return {
    id,
    at,
    type,
    words: describeEvent(type, data),
    ...peopleOf(row, known),
    hubId,
    ticket: ticketId && reference ? { id: ticketId, reference } : null,
    details: detailsOf(data).flatMap((one) => {
      const label = detailLabel(one.name);
      const [before, after] = [wordsOf(one.before, known), wordsOf(one.after, known)];
      return label && (before ?? after) ? [{ label, before, after } satisfies AuditDetail] : [];
    }),
    sealed: known.sealed,
  };
}

function personIn({ personId, accountId }: Record<string, unknown>): string | null {
  const id = personId ?? accountId;
  return typeof id === 'string' && UUID.test(id) ? id : null;
}

/** Whoever signs in or out did it: the session begins before there is an actor. */
function peopleOf({ type, actorId, data }: AuditRow, known: Known): Pick<AuditEntry, 'actor' | 'person'> {
  const person = personOf(personIn(data), known);
  if (actorId === null && type.startsWith('session.')) return { actor: person, person: null };
  return { actor: personOf(actorId, known), person };
}

function personOf(id: string | null, { names }: Known): AuditActor | null {
  return id === null ? null : { id, name: names.get(id) ?? null };
}

/** Ids become names; one that is not known here says nothing to people and is left out. */
function wordsOf(value: string | null, { names, hubs, reasons }: Known): AuditWords | null {
  if (value === null) return null;
  if (!UUID.test(value)) return reasons.get(value) ?? valueWords(value);
  const hub = hubs.find((one) => one.id === value);
  if (hub) return { fr: hub.nameFr, ar: hub.nameAr };
  const name = names.get(value);
  return name === undefined ? null : { fr: name, ar: name };
}
