import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { numberOf } from '@app/domain/calls/call-parties';
import type { AgentRefKind, Provider } from '@app/domain/calls/canonical-event';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { checkVersion } from '@app/platform/precondition';
import { tokenHash } from '@app/platform/session-reader';
import { agentOf } from '../work/presence.service';
import type { IntegrationSettings } from './integration-rows';
import { telephonyOf, type Telephony } from './telephony-rows';
import type { Distribution, IntegrationSecretView, IntegrationView, TelephonyView } from './telephony-view.dto';
import { readIntegration, readTelephony } from './telephony.queries';

export interface NewIntegration {
  name: string;
  provider: Provider;
  /** Verifies signatures, or opens the session of a connector. */
  secret?: string | null;
  addresses?: string[];
  query?: boolean;
  host?: string | null;
  port?: number | null;
  username?: string | null;
  trunkContexts?: string[];
  /** Callers who are turned away, in any spelling. */
  blocked?: string[];
}
export type IntegrationChange = Partial<Omit<NewIntegration, 'provider'>> & { active?: boolean };

const SAVE = `
  insert into hub_telephony (hub_id, level, recording, service_level_seconds, short_abandon_seconds, callback_slot_minutes, callbacks_per_slot, callback_attempts,
    callback_retry_minutes, lost_after_minutes, version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 2)
  on conflict (hub_id) do update set level = $2, recording = $3, service_level_seconds = $4, short_abandon_seconds = $5, callback_slot_minutes = $6,
    callbacks_per_slot = $7, callback_attempts = $8, callback_retry_minutes = $9, lost_after_minutes = $10, version = hub_telephony.version + 1`;

/** How a hub telephones: level, telephone systems with their tokens, queues and people as those systems name them. */
@Injectable()
export class TelephonyService {
  constructor(
    private readonly db: TenantDb,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Changes what is given, from the version read. */
  change(
    actor: Actor,
    hubId: string,
    expected: number,
    change: Partial<Omit<Telephony, 'version'>>,
  ): Promise<TelephonyView> {
    return this.asHub(actor, hubId, async (tx) => {
      await tx.query('telephony-lock', 'select pg_advisory_xact_lock(4204, hashtext($1))', [hubId]);
      const present = await telephonyOf(tx, hubId);
      checkVersion(present.version, expected);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      if (Object.keys(given).length === 0) return;
      const next = { ...present, ...given };
      await tx.query('telephony-save', SAVE, [
        hubId,
        next.level,
        next.recording,
        next.serviceLevelSeconds,
        next.shortAbandonSeconds,
        next.callbackSlotMinutes,
        next.callbacksPerSlot,
        next.callbackAttempts,
        next.callbackRetryMinutes,
        next.lostAfterMinutes,
      ]);
      tell(tx, hubId, 'settings', Object.keys(given));
    });
  }

  /** A new telephone system; its token is told once. */
  async add(actor: Actor, hubId: string, input: NewIntegration): Promise<IntegrationSecretView> {
    const [id, token] = [uuid(), newToken()];
    const view = await this.run(actor, hubId, async (tx) => {
      const { name, provider, secret, ...given } = input;
      const settings = withNumbers(given);
      await tx.query(
        'integration-add',
        `insert into pbx_integration (id, hub_id, name, provider, token_hash, secret, settings, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, hubId, name, provider, tokenHash(token), secret ?? null, JSON.stringify(settings), tx.now],
      );
      tell(tx, hubId, 'integration', ['created'], id);
      return readIntegration(tx, hubId, id);
    });
    return this.withToken(view, token);
  }

  async changeIntegration(
    actor: Actor,
    hubId: string,
    id: string,
    expected: number,
    change: IntegrationChange,
  ): Promise<IntegrationView> {
    return this.run(actor, hubId, async (tx) => {
      const present = await lockIntegration(tx, hubId, id);
      checkVersion(present.version, expected);
      if (Object.values(change).every((value) => value === undefined)) return readIntegration(tx, hubId, id);
      const { name, secret, active, ...rest } = change;
      const settings = withNumbers(rest);
      const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
      await tx.query(
        'integration-change',
        `update pbx_integration set name = coalesce($2, name), active = coalesce($3, active), secret = case when $4 then $5 else secret end,
           settings = settings || $6::jsonb, version = version + 1 where id = $1`,
        [id, name ?? null, active ?? null, secret !== undefined, secret ?? null, JSON.stringify(given)],
      );
      tell(tx, hubId, 'integration', Object.keys(change), id);
      return readIntegration(tx, hubId, id);
    });
  }

  /** A new token: the one before ends within a second. */
  async rotate(actor: Actor, hubId: string, id: string): Promise<IntegrationSecretView> {
    const token = newToken();
    const view = await this.run(actor, hubId, async (tx) => {
      await lockIntegration(tx, hubId, id);
      await tx.query(
        'integration-rotate',
        'update pbx_integration set token_hash = $2, rotated_at = $3, version = version + 1 where id = $1',
        [id, tokenHash(token), tx.now],
      );
      tell(tx, hubId, 'integration', ['token'], id);
      return readIntegration(tx, hubId, id);
    });
    return this.withToken(view, token);
  }

  /** Who distributes a queue, and how telephone systems call it; the list is replaced as a whole. */
  changeQueue(
    actor: Actor,
    hubId: string,
    queueId: string,
    { distribution, refs }: { distribution: Distribution; refs: string[] },
  ): Promise<TelephonyView> {
    return this.asHub(actor, hubId, async (tx) => {
      const changed = await tx.affected(
        `update queue set settings = settings || jsonb_build_object('distribution', $3::text), version = version + 1 where id = $1 and hub_id = $2`,
        [queueId, hubId, distribution],
      );
      if (changed === 0) throw new Refusal('not_found', 'Not found.');
      await tx.sql('delete from pbx_queue where hub_id = $1 and queue_id = $2', [hubId, queueId]);
      const taken = await tx.sql<{ ref: string }>('select ref from pbx_queue where hub_id = $1 and ref = any ($2)', [
        hubId,
        refs,
      ]);
      if (taken.length > 0) {
        throw Refusal.field(`/refs/${refs.indexOf(taken[0].ref)}`, 'already_exists', 'Another queue has this name.');
      }
      await tx.sql('insert into pbx_queue (hub_id, ref, queue_id) select $1, unnest($2::text[]), $3', [
        hubId,
        [...new Set(refs)],
        queueId,
      ]);
      tell(tx, hubId, 'queue', ['distribution', 'refs'], queueId);
    });
  }

  /** The telephones of one person of the hub; the list is replaced as a whole. */
  changeAgent(
    actor: Actor,
    hubId: string,
    accountId: string,
    names: readonly { kind: AgentRefKind; value: string }[],
  ): Promise<TelephonyView> {
    return this.asHub(actor, hubId, async (tx) => {
      const people = await tx.sql(
        `select 1 from membership where account_id = $1 and hub_id = $2 and kind = 'hub' and role in ('agent', 'supervisor') and valid @> $3::date`,
        [accountId, hubId, localParts(tx.now).date],
      );
      if (people.length === 0) throw new Refusal('not_found', 'Not found.');
      await tx.sql('delete from pbx_agent where hub_id = $1 and account_id = $2', [hubId, accountId]);
      for (const [at, { kind, value }] of names.entries()) {
        const added = await tx.affected(
          'insert into pbx_agent (hub_id, kind, value, account_id) values ($1, $2, $3, $4) on conflict do nothing',
          [hubId, kind, kind === 'email' ? value.toLowerCase() : value, accountId],
        );
        if (added === 0) throw Refusal.field(`/names/${at}/value`, 'already_exists', 'Somebody has this telephone.');
      }
      tell(tx, hubId, 'agent', ['names'], accountId);
    });
  }

  private withToken(view: IntegrationView, token: string): IntegrationSecretView {
    return { ...view, token, address: `${this.config.publicUrl}/api/v1/telephony/${token}` };
  }

  private asHub(actor: Actor, hubId: string, work: (tx: TenantTx) => Promise<void>): Promise<TelephonyView> {
    return this.run(actor, hubId, async (tx) => {
      await work(tx);
      return readTelephony(tx, hubId);
    });
  }

  private run<T>(actor: Actor, hubId: string, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    if (agentOf(actor).hubId !== hubId) throw new Refusal('not_found', 'Not found.');
    return this.db.run(actor, work, { as: 'system' });
  }
}

/** @throws Refusal for what is no number */
function withNumbers<T extends { blocked?: string[] }>(given: T): T {
  if (!given.blocked) return given;
  const numbers = given.blocked.map((one, at) => {
    const number = numberOf(one);
    if (!number) throw Refusal.field(`/blocked/${at}`, 'phone_expected', 'This is not a telephone number.');
    return number;
  });
  return { ...given, blocked: [...new Set(numbers)] };
}

const newToken = (): string => randomBytes(32).toString('base64url');

async function lockIntegration(
  tx: TenantTx,
  hubId: string,
  id: string,
): Promise<{ version: number; settings: IntegrationSettings }> {
  const [row] = await tx.query<{ version: number; settings: IntegrationSettings }>(
    'integration-lock',
    'select version, settings from pbx_integration where id = $1 and hub_id = $2 for update',
    [id, hubId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

function tell(tx: TenantTx, hubId: string, what: string, fields: string[], subjectId: string | null = null): void {
  tx.emit({ type: 'telephony.changed', hubId, data: { what, fields, subjectId } });
}
