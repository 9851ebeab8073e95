import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { MacroKind } from '@app/domain/hub';
import { checkActions, checkTwins, type MacroAction, variablesOf } from '@app/domain/macro';
import { Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import type { MacroView } from './writing-view.dto';

export interface MacroInput {
  kind: MacroKind;
  nameFr: string;
  nameAr: string;
  subjectFr: string | null;
  subjectAr: string | null;
  bodyFr: string;
  bodyAr: string;
  channels: string[];
  actions: MacroAction[];
  needsValidation: boolean;
  active: boolean;
}

export const MACRO_COLUMNS = `id, hub_id as "hubId", code, kind, name_fr as "nameFr", name_ar as "nameAr", subject_fr as "subjectFr", subject_ar as "subjectAr",
  body_fr as "bodyFr", body_ar as "bodyAr", variables, channels, actions, needs_validation as "needsValidation", disclaimer, active, version`;

/** Texts that agents use: the programme writes what holds for all hubs, a hub its own, which stands before the programme's of the same code. */
@Injectable()
export class MacrosService {
  constructor(private readonly db: TenantDb) {}

  /** With the code of a text of the programme it becomes the hub's copy of it. */
  create(actor: Actor, code: string, input: MacroInput): Promise<MacroView> {
    check(input);
    return this.db.run(actor, async (tx) => {
      const [national] = await tx.query<{ disclaimer: boolean }>(
        'macro-national',
        'select disclaimer from macro where hub_id is null and code = $1',
        [code],
      );
      const [row] = await tx.query<MacroView>(
        'macro-insert',
        `insert into macro (id, hub_id, code, kind, name_fr, name_ar, subject_fr, subject_ar, body_fr, body_ar, channels, actions, needs_validation, active,
           variables, disclaimer)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning ${MACRO_COLUMNS}`,
        // The sentence that closes an answer is the programme's to take away.
        [uuid(), actor.hubId, code, ...valuesOf(input), national?.disclaimer ?? false],
      );
      tell(tx, row, 'created');
      return row;
    });
  }

  change(actor: Actor, id: string, input: MacroInput, expected: number): Promise<MacroView> {
    check(input);
    return this.db.run(actor, async (tx) => {
      checkVersion((await own(tx, id)).version, expected);
      const [row] = await tx.query<MacroView>(
        'macro-update',
        `update macro set kind = $2, name_fr = $3, name_ar = $4, subject_fr = $5, subject_ar = $6, body_fr = $7, body_ar = $8, channels = $9, actions = $10,
           needs_validation = $11, active = $12, variables = $13, version = version + 1 where id = $1 returning ${MACRO_COLUMNS}`,
        [id, ...valuesOf(input)],
      );
      tell(tx, row, 'changed');
      return row;
    });
  }

  /** A hub's text goes, and the programme's of the same code comes back; a text of the programme is only put aside. */
  remove(actor: Actor, id: string, expected: number): Promise<void> {
    return this.db.run(actor, async (tx) => {
      const row = await own(tx, id);
      checkVersion(row.version, expected);
      if (row.hubId) await tx.query('macro-delete', 'delete from macro where id = $1', [id]);
      else await tx.query('macro-aside', 'update macro set active = false, version = version + 1 where id = $1', [id]);
      tell(tx, row, 'removed');
    });
  }
}

/** The hub's own for a supervisor, the programme's for a coordinator; what others keep can be read and not changed. */
async function own(tx: TenantTx, id: string): Promise<{ hubId: string | null; version: number; id: string }> {
  const [row] = await tx.query<{ id: string; hubId: string | null; version: number }>(
    'macro-read-own',
    'select id, hub_id as "hubId", version from macro where id = $1 and (hub_id is null or hub_id = $2)',
    [id, tx.actor.hubId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  if (row.hubId !== tx.actor.hubId) throw new Refusal('forbidden', 'The programme keeps this text; make a copy.');
  const [locked] = await tx.query<typeof row>(
    'macro-lock',
    'select id, hub_id as "hubId", version from macro where id = $1 for update',
    [id],
  );
  if (!locked) throw new Refusal('not_found', 'Not found.');
  return locked;
}

function check(input: MacroInput): void {
  const problems = [...checkTwins(input), ...checkActions(input.actions)];
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
}

/** In the order of the columns after the code. */
function valuesOf(input: MacroInput): unknown[] {
  const { kind, nameFr, nameAr, subjectFr, subjectAr, bodyFr, bodyAr, channels, actions } = input;
  return [
    ...[kind, nameFr, nameAr, subjectFr, subjectAr, bodyFr, bodyAr, channels, JSON.stringify(actions)],
    ...[input.needsValidation, input.active, variablesOf(`${subjectFr ?? ''}\n${bodyFr}`)],
  ];
}

function tell(tx: TenantTx, row: { id: string; version: number }, what: 'created' | 'changed' | 'removed'): void {
  tx.emit({
    type: 'macro.changed',
    hubId: tx.actor.hubId,
    entityVersion: row.version,
    data: { macroId: row.id, what },
  });
}
