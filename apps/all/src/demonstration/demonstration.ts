import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { asOwner } from '@app/db/reference/load';
import type { Person } from '../banner';
import { referenceDir, writePrivate, type Prepared } from '../prepare';
import { renewPasswords } from './accounts';
import { loadPeople, loadTickets } from './load';
import { MARKER } from './marker';

const PASSWORDS = 'demonstration-passwords.json';

/**
 * The people of the demonstration with their passwords; makes it first where nobody has an account yet. One that was cut short has been
 * thrown away by the preparation, so that this always begins with an empty database or with a whole one.
 */
export async function ensureDemonstration(prepared: Prepared): Promise<Person[]> {
  const client = new Client({ connectionString: prepared.adminUrl! });
  await client.connect();
  try {
    const { rows } = await client.query<{ people: boolean; done: boolean }>(
      `select exists (select from account) as people, exists (select from setting where key = $1 and value ->> 'state' = 'done') as done`,
      [MARKER],
    );
    const [{ people, done }] = rows;
    // Accounts without a marker are somebody's own.
    if (people) return done ? await keptPeople(client, prepared.config.varDir) : [];
    return await create(client, prepared, new Date());
  } finally {
    await client.end();
  }
}

async function create(client: Client, { config }: Prepared, now: Date): Promise<Person[]> {
  const dir = referenceDir();
  await mark(client, { state: 'loading' });
  // A power cut costs a new beginning, which is cheaper than waiting for the disk two thousand times.
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query(`alter database ${rows[0].name} set synchronous_commit = off`);
  const { people, cast } = await loadPeople(client, dir, now);
  writePrivate(config.varDir, PASSWORDS, JSON.stringify({ people }, null, 2));
  const { tickets } = await loadTickets(client, config, { dir, cast, now });
  await client.query(`alter database ${rows[0].name} reset synchronous_commit`);
  const samples = Object.fromEntries([...tickets].filter(([key]) => key.startsWith('S')));
  await mark(client, { state: 'done', samples });
  return people;
}

function mark(client: Client, value: object): Promise<void> {
  return asOwner(client, async () => {
    await client.query(
      'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
      [MARKER, value],
    );
  });
}

async function keptPeople(client: Client, varDir: string): Promise<Person[]> {
  try {
    const text = readFileSync(path.join(varDir, PASSWORDS), 'utf8');
    return (JSON.parse(text) as { people: Person[] }).people;
  } catch {
    const people = await renewPasswords(client);
    writePrivate(varDir, PASSWORDS, JSON.stringify({ people }, null, 2));
    return people;
  }
}
