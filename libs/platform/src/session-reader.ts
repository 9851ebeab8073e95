import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Role } from '@app/domain/ticket';
import { localParts } from '@app/domain/zone';
import type { SignedIn } from './access';
import { Clock } from './clock';

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
}

type Waiting = { hash: Buffer; resolve: (found: SignedIn | null) => void; reject: (error: unknown) => void };

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The session behind a token, always asked from the database, so that a revoked one ends at once; the questions of requests that
 * arrive together are asked in one statement.
 */
@Injectable()
export class SessionReader {
  private waiting: Waiting[] = [];
  private readonly pool: Pool;

  constructor(
    @Inject(getDataSourceToken()) source: DataSource,
    private readonly clock: Clock,
  ) {
    this.pool = (source.driver as unknown as { master: Pool }).master;
  }

  /** Null for a token that is malformed, unknown, expired, revoked or of a disabled account. */
  find(token: string): Promise<SignedIn | null> {
    if (!TOKEN.test(token)) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => void this.ask());
      this.waiting.push({ hash: tokenHash(token), resolve, reject });
    });
  }

  private async ask(): Promise<void> {
    const asked = this.waiting.splice(0);
    try {
      const today = localParts(this.clock.now()).date;
      const { rows } = await this.pool.query<SessionRow>({
        name: 'session-actor',
        text: 'select * from session_actor($1, $2)',
        values: [asked.map((one) => one.hash), today],
      });
      const found = new Map(rows.map((row) => [row.token_hash.toString('hex'), signedIn(row)]));
      for (const one of asked) one.resolve(found.get(one.hash.toString('hex')) ?? null);
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
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
  };
}
