import type { ClientBase } from 'pg';

/** Key of the setting that says how far the demonstration has come: `loading` or `done`. */
export const MARKER = 'demonstration';

/** Whether a demonstration was begun in this database and never finished. */
export async function wasCutShort(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.setting') is not null as there`);
  if (!rows[0].there) return false;
  const { rowCount } = await client.query(`select from setting where key = $1 and value ->> 'state' = 'loading'`, [
    MARKER,
  ]);
  return rowCount === 1;
}
