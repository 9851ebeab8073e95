import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { asciiDigits } from '@app/domain/folding';
import type { IdempotentRequest } from './idempotency';

/** Letters and digits that are not mistaken for one another when read aloud. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRTUVWXY';
const LENGTH = 8;

/**
 * The code that opens the follow-up for somebody without an account. It follows from the request and a key of the server, so that a
 * repeated request is told the same code although only its hash is kept.
 */
@Injectable()
export class FollowUpCodes {
  private reading: Promise<string> | null = null;

  constructor(private readonly db: TenantDb) {}

  async of(request: IdempotentRequest): Promise<string> {
    this.reading ??= this.read().catch((error: unknown) => {
      this.reading = null;
      throw error;
    });
    const digest = createHmac('sha512', await this.reading)
      .update(request.seed ?? request.key)
      .update(request.hash)
      .digest();
    return letters(digest);
  }

  private async read(): Promise<string> {
    const [row] = await this.db.system((tx) =>
      tx.sql<{ value: string }>("select value from secret where name = 'follow'"),
    );
    return row.value;
  }
}

/** The code as it is kept, from any spelling: lower case, spaces, hyphens, Arabic-Indic digits. */
export function followUpCodeHash(code: string): Buffer {
  const compact = asciiDigits(code.normalize('NFKC'))
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  return createHash('sha256').update(compact).digest();
}

/** Eight letters out of 512 bits: as even as chance. */
function letters(digest: Buffer): string {
  let rest = BigInt(`0x${digest.toString('hex')}`);
  let text = '';
  while (text.length < LENGTH) {
    text += ALPHABET[Number(rest % BigInt(ALPHABET.length))];
    rest /= BigInt(ALPHABET.length);
  }
  return text;
}
