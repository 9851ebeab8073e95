import type { TenantTx } from '@app/db/tenant-db';

/** A telephone system that a connector listens to. */
export interface ListenedIntegration {
  id: string;
  hubId: string;
  provider: 'asterisk' | 'freeswitch';
  host: string;
  port: number;
  username: string;
  secret: string;
  trunkContexts: string[];
  version: number;
}

const LEASE_SECONDS = 15;
const PORTS = { asterisk: 5_038, freeswitch: 8_021 } as const;

const CLAIM = `
  update pbx_integration i set lease_by = $1, lease_until = clock_timestamp() + interval '${LEASE_SECONDS} s'
  where i.active and i.provider in ('asterisk', 'freeswitch') and i.settings ->> 'host' is not null
    and (i.lease_by = $1 or i.lease_until is null or i.lease_until < clock_timestamp())
  returning i.id, i.hub_id as "hubId", i.provider, i.settings, i.secret, i.version`;

/** Those that this process listens to from now on, for a while; called again well before that is over. */
export async function claimListening(tx: TenantTx, me: string): Promise<ListenedIntegration[]> {
  const rows = await tx.query<
    Pick<ListenedIntegration, 'id' | 'hubId' | 'provider' | 'version'> & {
      secret: string | null;
      settings: { host: string; port?: number | null; username?: string | null; trunkContexts?: string[] };
    }
  >('connector-claim', CLAIM, [me]);
  return rows.map(({ settings, secret, ...row }) => ({
    ...row,
    host: settings.host,
    port: settings.port ?? PORTS[row.provider],
    username: settings.username ?? '',
    secret: secret ?? '',
    trunkContexts: settings.trunkContexts?.length ? settings.trunkContexts : ['from-trunk', 'from-pstn', 'public'],
  }));
}

export async function releaseListening(tx: TenantTx, me: string): Promise<void> {
  await tx.query(
    'connector-release',
    'update pbx_integration set lease_by = null, lease_until = null where lease_by = $1',
    [me],
  );
}

/** How the line stands; the supervisor sees it. */
export async function noteConnection(tx: TenantTx, id: string, problem: string | null): Promise<void> {
  await tx.query(
    'connector-note',
    `update pbx_integration set connection_problem = $2, connected_at = case when $2::text is null then clock_timestamp() else connected_at end where id = $1`,
    [id, problem?.slice(0, 200) ?? null],
  );
}

/** Roots of the calls that are thought to go on. */
export async function openRoots(tx: TenantTx, integrationId: string): Promise<string[]> {
  const rows = await tx.query<{ root: string }>(
    'connector-open',
    `select root_id as root from call where integration_id = $1 and state <> 'ended'`,
    [integrationId],
  );
  return rows.map((row) => row.root);
}
