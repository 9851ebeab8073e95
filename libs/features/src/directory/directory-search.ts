import type { Actor } from '@app/domain/access';
import { fold, searchTokens } from '@app/domain/folding';
import { Refusal } from '@app/domain/refusal';
import { type CursorValue, decodeCursor, encodeCursor } from '@app/platform/cursor';

const FEWEST_DIGITS = 3;

/** `like` patterns that all hold when each word of the text is part of a folded name; none when the text has no word. */
export function namePatterns(text: string): string[] {
  const words = fold(text).split(' ').filter(Boolean);
  // An Arabic word is looked for without its article, so that both spellings are found.
  return [...new Set(words.map((word) => `%${searchTokens(word).at(-1) ?? word}%`))];
}

/** The digits of a text that reads like a number (no word of three letters), else null: receipts are written in many ways. */
export function numberDigits(text: string): string | null {
  const folded = fold(text);
  const digits = folded.replace(/[^0-9]/g, '');
  return digits.length >= FEWEST_DIGITS && !/\p{L}{3}/u.test(folded) ? digits : null;
}

export interface DirectoryScope {
  hubId: string | null;
  associationId: string | null;
}

/**
 * Whose rows a list may hold: an association's people see their own, the hub's staff the hub's.
 * @throws Refusal `forbidden` for everybody else
 */
export function directoryScope(actor: Actor): DirectoryScope {
  if ((actor.role === 'member' || actor.role === 'manager') && actor.associationId) {
    return { hubId: null, associationId: actor.associationId };
  }
  if ((actor.role === 'agent' || actor.role === 'supervisor') && actor.hubId) {
    return { hubId: actor.hubId, associationId: null };
  }
  throw new Refusal('forbidden', 'Your role does not allow this.');
}

/** Pages by folded name, then id, for one reader and one set of filters. */
export class NamePager {
  private readonly use: { sort: string; scope: string };

  constructor(
    private readonly secret: string,
    list: string,
    actor: Actor,
    filters: readonly unknown[],
  ) {
    const scope = JSON.stringify([actor.accountId, actor.hubId, actor.associationId, ...filters]);
    this.use = { sort: `${list}:name`, scope };
  }

  /** Folded name and id of the last row seen; nulls for the first page. */
  after(cursor: string | undefined): CursorValue[] {
    return cursor === undefined ? [null, null] : decodeCursor(this.secret, cursor, this.use);
  }

  /** Expects one row more than the limit when there is a next page. */
  page<Row extends { id: string; folded: string }>(
    rows: Row[],
    limit: number,
  ): { items: Omit<Row, 'folded'>[]; nextCursor: string | null } {
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown[shown.length - 1] : null;
    return {
      items: shown.map(({ folded: _, ...item }) => item),
      nextCursor: last && encodeCursor(this.secret, { ...this.use, values: [last.folded, last.id] }),
    };
  }
}
