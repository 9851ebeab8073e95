import { eventCtes, eventValues } from '@app/db/event-log';
import type { TenantTx } from '@app/db/tenant-db';
import type { ReferenceData } from '../directory/reference-data';
import type { Act } from './ticket-access';
import type { FoundTicket } from './ticket-find';
import type { TicketRow } from './ticket-row';
import { MUTABLE, TicketWrite } from './ticket-write';

interface Part {
  name: string;
  sql: (first: number) => string;
  values: unknown[];
}

interface Rows {
  sql: (parameter: number) => string;
  rows: object[];
}

type Column = (typeof MUTABLE)[number];

const newStates = (columns: readonly Column[], n: number): string => `
  update ticket t set ${columns.map(([, column]) => `${column} = x.${column}`).join(', ')}, version = t.version + 1
  from jsonb_to_recordset($${n}::jsonb) as x(id uuid, before int, ${columns.map(([, column, type]) => `${column} ${type}`).join(', ')})
  where t.id = x.id and t.version = x.before`;

/** What a rule does to many locked tickets: each act decides for itself, then one statement writes all of them, events included. */
export class TicketBatch {
  private readonly rows = new Map<string, Rows>();
  private readonly parts: Part[] = [];
  private readonly acts: Act[] = [];

  constructor(
    private readonly tx: TenantTx,
    private readonly reference: ReferenceData,
  ) {}

  /** An act on one of the tickets; it is part of the batch once it is added. */
  act(found: FoundTicket): Act {
    return { tx: this.tx, found, write: new BatchedWrite(this.tx, found, this.reference) };
  }

  add(act: Act): void {
    const { parts, rows } = act.write as BatchedWrite;
    this.acts.push(act);
    this.parts.push(...parts);
    for (const [name, one] of rows) {
      const all = this.rows.get(name) ?? { sql: one.sql, rows: [] };
      all.rows.push(...one.rows);
      this.rows.set(name, all);
    }
  }

  /** Writes what was added, in the transaction, which goes on. */
  async flush(): Promise<void> {
    if (this.acts.length === 0) return;
    const values: unknown[] = [];
    const ctes: string[] = [];
    const add = (name: string, sql: (first: number) => string, own: unknown[]): void => {
      ctes.push(`${name} as (${sql(values.length + 1)})`);
      values.push(...own);
    };
    this.parts.forEach(({ name, sql, values: own }, at) => add(`${name}_${at}`, sql, own));
    for (const [name, { sql, rows }] of this.rows) add(name, sql, [JSON.stringify(rows)]);
    const columns = MUTABLE.filter(([property]) => this.acts.some((act) => isChanged(act, property)));
    const states = this.acts.map(({ write: { row } }) => stateOf(row, columns));
    add('new_states', (n) => newStates(columns, n), [JSON.stringify(states)]);
    const events = this.tx.takeEvents();
    ctes.push(eventCtes(values.length + 1, events.length));
    values.push(...eventValues(events, this.tx.actorId, this.tx.now));
    await this.tx.sql(`with ${ctes.join(',\n')} select 1`, values);
  }
}

/** An act whose rows are written with those of others. */
class BatchedWrite extends TicketWrite {
  readonly rows = new Map<string, Rows>();
  readonly parts: Part[] = [];

  override add(name: string, sql: Part['sql'], values: unknown[]): void {
    this.parts.push({ name, sql, values });
  }

  override addRows(name: string, sql: Rows['sql'], rows: readonly object[]): void {
    this.rows.set(name, { sql, rows: [...(this.rows.get(name)?.rows ?? []), ...rows] });
  }
}

/** `updatedAt` always is. */
function isChanged({ found, write }: Act, property: keyof TicketRow): boolean {
  return property === 'updatedAt' || found.row[property]?.valueOf() !== write.row[property]?.valueOf();
}

function stateOf(row: TicketRow, columns: readonly Column[]): object {
  const values = columns.map(([property, column]) => [column, row[property]] as const);
  return { id: row.id, before: row.version - 1, ...Object.fromEntries(values) };
}
