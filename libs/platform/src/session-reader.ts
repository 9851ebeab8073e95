import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Role } from '@app/domain/ticket';
import { localParts } from '@app/domain/zone';
import type { SignedIn } from './access';
import { Clock } from './clock';
import { SharedReads } from './shared-reads';

export const SESSION_COOKIE = 'sanad_session';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

interface SessionRow {
  token_hash: Buffer;
  session_id: string;
  account_id: string;
  membership_id: string;
  role: Role;
  hub_id: string | null;
  hub_is_national: boolean;
  association_id: string | null;
  association_place: string | null;
  association_fr: string | null;
  association_ar: string | null;
  cleared: boolean;
  holds_restricted: boolean;
  locale: 'fr' | 'ar';
  name: string;
  expires_at: Date;
  state: string;
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The session behind a token, always asked from the database, so that a revoked one ends at once; requests that arrive together, or
 * while a question is on its way, are asked for in one statement.
 */
@Injectable()
export class SessionReader {
  private asked = new Map<string, Buffer>();
  private readonly answers = new SharedReads<Map<string, SignedIn>>();
  private readonly pool: Pool;

  constructor(
    @Inject(getDataSourceToken()) source: DataSource,
    private readonly clock: Clock,
  ) {
    this.pool = (source.driver as unknown as { master: Pool }).master;
  }

  /** Null for a token that is malformed, unknown, expired, revoked or of a disabled account. */
  async find(token: string): Promise<SignedIn | null> {
    if (!TOKEN.test(token)) return null;
    const hash = tokenHash(token);
    const key = hash.toString('hex');
    this.asked.set(key, hash);
    const found = await this.answers.read('', () => this.ask());
    return found.get(key) ?? null;
  }

  private async ask(): Promise<Map<string, SignedIn>> {
    const hashes = [...this.asked.values()];
    this.asked = new Map();
    const today = localParts(this.clock.now()).date;
    const { rows } = await this.pool.query<SessionRow>({
      name: 'session-actor',
      text: 'select *, pg_current_snapshot()::text as state from session_actor($1, $2)',
      values: [hashes, today],
    });
    return new Map(rows.map((row) => [row.token_hash.toString('hex'), signedIn(row)]));
  }
}

function signedIn(row: SessionRow): SignedIn {
  return {
    actor: {
      accountId: row.account_id,
      name: row.name,
      role: row.role,
      hubId: row.hub_id,
      hubIsNational: row.hub_is_national,
      associationId: row.association_id,
      association: row.association_place
        ? { placeCode: row.association_place, nameFr: row.association_fr!, nameAr: row.association_ar! }
        : null,
      cleared: row.cleared,
      holdsRestricted: row.holds_restricted,
      locale: row.locale,
    },
    sessionId: row.session_id,
    membershipId: row.membership_id,
    expiresAt: row.expires_at,
    state: row.state,
  };
}
