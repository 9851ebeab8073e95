import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { allowSilence, SILENCE_MS } from '@app/db/silence';
import type { Ask } from '../audit/seal-log';

const LONGEST_MS = 60_000;

/** Reads everything as of one instant, as system: what is compared must not move meanwhile. */
export async function inSnapshot<T>(source: DataSource, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await (source.driver as unknown as { master: Pool }).master.connect();
  let failure: Error | undefined;
  allowSilence(client, LONGEST_MS + SILENCE_MS);
  try {
    await client.query(
      `begin isolation level repeatable read read only; set local role sanad_system; set local statement_timeout = ${LONGEST_MS}`,
    );
    const ask: Ask = async <Row>(text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[];
    return await work(ask);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // After a failure the connection is thrown away, transaction and all.
    if (!failure) await client.query('commit');
    allowSilence(client);
    client.release(failure);
  }
}
