import type { TenantTx } from '@app/db/tenant-db';
import type { Provider } from '@app/domain/calls/canonical-event';

/** What an integration may be told besides its secret. */
export interface IntegrationSettings {
  addresses?: string[];
  query?: boolean;
  host?: string | null;
  port?: number | null;
  username?: string | null;
  trunkContexts?: string[];
  /** Callers who are turned away, in E.164. */
  blocked?: string[];
}

/** An integration as the receiver and the connectors need it; never leaves the server. */
export interface Integration {
  id: string;
  hubId: string;
  provider: Provider;
  secret: string | null;
  settings: IntegrationSettings;
  active: boolean;
}

export const INTEGRATION = `i.id, i.hub_id as "hubId", i.provider, i.secret, i.settings, i.active`;

/** The integration behind the hash of a token; as the system. */
export async function integrationOf(tx: TenantTx, tokenHash: Buffer): Promise<Integration | null> {
  const [row] = await tx.query<Integration>(
    'pbx-integration',
    `select ${INTEGRATION} from pbx_integration i where i.token_hash = $1 and i.active`,
    [tokenHash],
  );
  return row ?? null;
}
