import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';

export type CursorValue = string | number | null;

/** What a cursor is good for: one order of one list (`sort`) and one reader with the same filters (`scope`, with the account's id). */
export interface CursorUse {
  sort: string;
  scope: string;
}

const FORM = /^([A-Za-z0-9_-]{2,4000})\.([A-Za-z0-9_-]{43})$/;

/** A signed cursor over the sort values of a list's last row; sort and scope are signed, not carried. */
export function encodeCursor(secret: string, cursor: CursorUse & { values: readonly CursorValue[] }): string {
  const payload = Buffer.from(JSON.stringify(cursor.values)).toString('base64url');
  return `${payload}.${sign(secret, cursor, payload)}`;
}

/**
 * The values of a cursor that this secret signed for this sort and scope.
 * @throws Refusal `invalid_cursor`
 */
export function decodeCursor(secret: string, text: string, use: CursorUse): CursorValue[] {
  const [, payload, signature] = FORM.exec(text) ?? [];
  if (!payload || !timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, use, payload)))) {
    throw new Refusal('invalid_cursor', 'This cursor is not of this list.');
  }
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as CursorValue[];
}

function sign(secret: string, { sort, scope }: CursorUse, payload: string): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([sort, scope, payload]))
    .digest('base64url');
}

/** The key of all cursors, the same in every process; read once. */
@Injectable()
export class CursorSecret {
  private reading: Promise<string> | null = null;

  constructor(private readonly db: TenantDb) {}

  value(): Promise<string> {
    this.reading ??= this.read().catch((error: unknown) => {
      this.reading = null;
      throw error;
    });
    return this.reading;
  }

  private async read(): Promise<string> {
    const [row] = await this.db.system((tx) =>
      tx.sql<{ value: string }>("select value from secret where name = 'cursor'"),
    );
    return row.value;
  }
}
