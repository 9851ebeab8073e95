import type { TenantTx } from '@app/db/tenant-db';
import type { Provider } from '@app/domain/calls/canonical-event';
import type { TelephonyLevel } from './telephony-view.dto';

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

/** With what decides whether the beginning of a call is a question to us. */
export interface ReceivingIntegration extends Integration {
  level: TelephonyLevel;
}

/** The integration behind the hash of a token; as the system. */
export async function integrationOf(tx: TenantTx, tokenHash: Buffer): Promise<ReceivingIntegration | null> {
  const [row] = await tx.query<ReceivingIntegration>(
    'pbx-integration',
    `select ${INTEGRATION}, coalesce(h.level, 'L0') as level from pbx_integration i left join hub_telephony h on h.hub_id = i.hub_id
     where i.token_hash = $1 and i.active`,
    [tokenHash],
  );
  return row ?? null;
}
