import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import { numberOf } from '@app/domain/calls/call-parties';
import { Refusal } from '@app/domain/refusal';
import { agentOf } from '../work/presence.service';
import type { IntegrationSettings } from './integration-rows';
import { telephonyOf } from './telephony-rows';
import type {
  IntegrationView,
  MirrorEntry,
  ReceivedEventView,
  TelephonyAgentView,
  TelephonyQueueView,
  TelephonyView,
  UnderstoodView,
} from './telephony-view.dto';

const LAST = 50;
const SHOWN_BYTES = 2_000;

type IntegrationRow = Omit<IntegrationView, 'addresses' | 'query' | 'host' | 'port' | 'username' | 'trunkContexts'> & {
  settings: IntegrationSettings;
};

const INTEGRATIONS = `
  select i.id, i.name, i.provider, i.active, i.settings, i.secret is not null as signed, i.created_at as "createdAt", i.rotated_at as "rotatedAt",
    i.last_event_at as "lastEventAt", i.refused, i.last_refused_at as "lastRefusedAt", i.last_refusal as "lastRefusal", i.connected_at as "connectedAt",
    i.connection_problem as "connectionProblem", i.version
  from pbx_integration i where i.hub_id = $1 and ($2::uuid is null or i.id = $2) order by i.created_at, i.id`;

@Injectable()
export class TelephonyQueries {
  constructor(private readonly db: TenantDb) {}

  /** How the hub telephones. */
  find(actor: Actor, hubId: string): Promise<TelephonyView> {
    return this.run(actor, hubId, (tx) => readTelephony(tx, hubId));
  }

  /** The last events of a telephone system and what was understood of them: a test call shows here. */
  events(actor: Actor, hubId: string, integrationId: string): Promise<ReceivedEventView[]> {
    return this.run(actor, hubId, async (tx) => {
      await readIntegration(tx, hubId, integrationId);
      const rows = await tx.query<
        Omit<ReceivedEventView, 'understood' | 'body'> & { body: Buffer; canonical: CanonicalEvent[] | null }
      >(
        'integration-events',
        `select e.id, e.received_at as "receivedAt", e.content_type as "contentType", e.state, e.problem, e.canonical, substring(e.body from 1 for ${SHOWN_BYTES}) as body,
           k.id as "callId" from pbx_event e left join call k on k.integration_id = e.integration_id and k.root_id = e.root_id
         where e.integration_id = $1 and e.hub_id = $2 order by e.id desc limit ${LAST}`,
        [integrationId, hubId],
      );
      return rows.map(({ canonical, body, ...row }) => ({
        ...row,
        understood: (canonical ?? []).map(understoodView),
        body: body.toString('utf8').replace(/\0/g, '\uFFFD'),
      }));
    });
  }

  /** What the telephone system says of its people and callers now. */
  mirror(actor: Actor, hubId: string, integrationId: string): Promise<MirrorEntry[]> {
    return this.run(actor, hubId, async (tx) => {
      await readIntegration(tx, hubId, integrationId);
      return tx.query<MirrorEntry>(
        'integration-mirror',
        `select kind, queue_ref as "queueRef", key, state, seen_at as "seenAt" from pbx_mirror where integration_id = $1 and hub_id = $2 order by kind, queue_ref, key limit 500`,
        [integrationId, hubId],
      );
    });
  }

  private run<T>(actor: Actor, hubId: string, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    if (agentOf(actor).hubId !== hubId) throw new Refusal('not_found', 'Not found.');
    return this.db.run(actor, work, { as: 'system' });
  }
}

export async function readTelephony(tx: TenantTx, hubId: string): Promise<TelephonyView> {
  const queues = await tx.query<TelephonyQueueView>(
    'telephony-queues',
    `select q.id as "queueId", q.code as "queueCode", coalesce(q.settings ->> 'distribution', 'ours') as distribution,
       coalesce((select array_agg(p.ref order by p.ref) from pbx_queue p where p.queue_id = q.id), '{}') as refs
     from queue q where q.hub_id = $1 order by q.code`,
    [hubId],
  );
  const agents = await tx.query<Omit<TelephonyAgentView, 'agent'> & { accountId: string; name: string }>(
    'telephony-agents',
    `select g.kind, g.value, g.account_id as "accountId", p.name from pbx_agent g join account p on p.id = g.account_id where g.hub_id = $1 order by p.name, g.kind, g.value`,
    [hubId],
  );
  return {
    hubId,
    settings: await telephonyOf(tx, hubId),
    integrations: await readIntegrations(tx, hubId, null),
    queues,
    agents: agents.map(({ accountId, name, ...one }) => ({ ...one, agent: { id: accountId, name } })),
  };
}

/** @throws Refusal `not_found` */
export async function readIntegration(tx: TenantTx, hubId: string, id: string): Promise<IntegrationView> {
  const [view] = await readIntegrations(tx, hubId, id);
  if (!view) throw new Refusal('not_found', 'Not found.');
  return view;
}

async function readIntegrations(tx: TenantTx, hubId: string, id: string | null): Promise<IntegrationView[]> {
  const rows = await tx.query<IntegrationRow>('telephony-integrations', INTEGRATIONS, [hubId, id]);
  return rows.map(({ settings, ...row }) => ({
    ...row,
    addresses: settings.addresses ?? [],
    query: settings.query ?? false,
    host: settings.host ?? null,
    port: settings.port ?? null,
    username: settings.username ?? null,
    trunkContexts: settings.trunkContexts ?? [],
    blocked: settings.blocked ?? [],
  }));
}

function understoodView(event: CanonicalEvent): UnderstoodView {
  const { type, callId, from, to, queueRef, agents, cause, occurredAt } = event;
  const names = agents.map((one) => `${one.kind}: ${one.value}`);
  return { type, callId, from, to, fromE164: numberOf(from ?? ''), queueRef, agents: names, cause, occurredAt };
}
