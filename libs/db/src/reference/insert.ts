import type { ClientBase } from 'pg';

type Row = Record<string, unknown>;

/**
 * Inserts, in one statement, the rows whose key no row of the table has yet; existing rows are left alone.
 * With nothing to insert no statement runs, because even an empty insert would announce new reference data.
 */
export async function insertMissing(client: ClientBase, table: string, key: string[], rows: object[]): Promise<number> {
  const { rows: known } = await client.query<Row>(`select ${key.join(', ')} from ${client.escapeIdentifier(table)}`);
  const keyOf = (row: Row) => JSON.stringify(key.map((column) => row[column] ?? null));
  const present = new Set(known.map(keyOf));
  const missing = (rows as Row[]).filter((row) => !present.has(keyOf(row)));
  if (missing.length === 0) return 0;
  const columns = Object.keys(missing[0]).map((column) => client.escapeIdentifier(column));
  const name = client.escapeIdentifier(table);
  const { rowCount } = await client.query(
    `insert into ${name} (${columns.join(', ')})
     select ${columns.join(', ')} from json_populate_recordset(null::${name}, $1::json) on conflict do nothing`,
    [JSON.stringify(missing)],
  );
  return rowCount ?? 0;
}

/** Ids by the value of a unique column. */
export async function idsBy(
  client: ClientBase,
  table: string,
  key: string,
  where = 'true',
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; key: string }>(
    `select id, ${key} as key from ${table} where ${where}`,
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** The distinct values of a column. */
export async function knownValues(client: ClientBase, table: string, column: string): Promise<Set<string>> {
  const { rows } = await client.query<{ value: string }>(`select distinct ${column} as value from ${table}`);
  return new Set(rows.map((row) => row.value));
}
