import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { TenantDb } from '@app/db/tenant-db';
import type { Decision, Reply } from '@app/domain/calls/adapter';
import { adapterOf } from '@app/domain/calls/adapters';
import { numberOf } from '@app/domain/calls/call-parties';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import { Refusal } from '@app/domain/refusal';
import { Clock } from '@app/platform/clock';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { tokenHash } from '@app/platform/session-reader';
import { CallRoutingService } from './call-routing.service';
import { integrationOf, type ReceivingIntegration } from './integration-rows';
import { RawEvents } from './raw-events';
import { isSigned } from './signature';
import { readFields } from './webhook-body';

export const MAX_WEBHOOK_BYTES = 64 * 1024;
const KNOWN_FOR_MS = 1_000;
const MOST_KNOWN = 10_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export interface Webhook {
  token: string;
  body: Buffer;
  contentType: string;
  headers: IncomingHttpHeaders;
  /** The sender's, as the server sees it. */
  address: string;
  /** The body is the query string. */
  query: boolean;
}

export interface WebhookAnswer extends Reply {
  status: number;
}

/** Takes events of telephone systems: kept first, answered in their own words, understood later by a worker. */
@Injectable()
export class ReceiverService {
  private readonly known = new Map<string, { at: number; integration: ReceivingIntegration | null }>();
  private readonly raw: RawEvents;

  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly routing: CallRoutingService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.raw = new RawEvents(db);
  }

  /** @throws Refusal `invalid_token` for an unknown token, a foreign address or a wrong signature; `payload_too_large` */
  async receive(webhook: Webhook): Promise<WebhookAnswer> {
    const integration = TOKEN.test(webhook.token) ? await this.integration(tokenHash(webhook.token)) : null;
    if (!integration || (webhook.query && !integration.settings.query)) throw unknownSender();
    if (webhook.body.length > MAX_WEBHOOK_BYTES) throw new Refusal('payload_too_large', 'The event is too large.');
    const receivedAt = this.clock.now();
    const hooks = `${this.config.publicUrl}/api/v1/telephony/${webhook.token}`;
    await this.check(integration, webhook, hooks, receivedAt);
    const { id: integrationId, hubId } = integration;
    const { body, contentType } = webhook;
    await this.raw.store({ integrationId, hubId, receivedAt, contentType: contentType.slice(0, 200), body });
    return this.answer(integration, webhook, hooks, receivedAt);
  }

  private async answer(
    integration: ReceivingIntegration,
    { body, contentType }: Webhook,
    hooks: string,
    receivedAt: Date,
  ): Promise<WebhookAnswer> {
    const adapter = adapterOf(integration.provider);
    if (!adapter) return { status: 200, contentType: 'application/json; charset=utf-8', body: '{}' };
    const fields = await readFields(body, contentType);
    const understood = fields && adapter.read(fields, { receivedAt: receivedAt.toISOString() });
    if (!understood || 'problem' in understood) {
      const error = understood && 'problem' in understood ? understood.problem : 'unreadable';
      return { status: 422, contentType: 'application/json; charset=utf-8', body: JSON.stringify({ error }) };
    }
    const begun = 'events' in understood && understood.events.find((event) => event.type === 'call.started');
    const decision: Decision = begun ? await this.decide(integration, begun) : { kind: 'continue' };
    return { status: 200, ...adapter.reply(decision, hooks) };
  }

  /** Only the beginning of a call is a question. */
  private decide(integration: ReceivingIntegration, begun: CanonicalEvent): Promise<Decision> | Decision {
    const from = numberOf(begun.from ?? '');
    const blocked = integration.settings.blocked ?? [];
    if (begun.direction === 'in' && from && blocked.includes(from)) return { kind: 'reject', reason: 'busy' };
    // Elsewhere the telephone system chooses, and no transaction is opened for a question that nobody asks.
    return integration.level === 'L3' ? this.routing.decide(integration, begun) : { kind: 'continue' };
  }

  private async check(integration: ReceivingIntegration, webhook: Webhook, url: string, now: Date): Promise<void> {
    const { addresses = [] } = integration.settings;
    const { body, headers, contentType } = webhook;
    let refusal: string | null = null;
    if (addresses.length > 0 && !addresses.includes(plainAddress(webhook.address))) refusal = 'address';
    else if (
      integration.secret &&
      !isSigned(integration.provider, integration.secret, { body, headers, url, contentType, now })
    ) {
      refusal = 'signature';
    }
    if (!refusal) return;
    await this.db.system((tx) =>
      tx.query(
        'pbx-refused',
        'update pbx_integration set refused = refused + 1, last_refused_at = $2, last_refusal = $3 where id = $1',
        [integration.id, now, refusal],
      ),
    );
    throw unknownSender();
  }

  /** For a second: a rotated token ends that soon in every process. */
  private async integration(hash: Buffer): Promise<ReceivingIntegration | null> {
    const key = hash.toString('hex');
    const found = this.known.get(key);
    if (found && performance.now() - found.at < KNOWN_FOR_MS) return found.integration;
    const integration = await this.db.system((tx) => integrationOf(tx, hash));
    if (this.known.size > MOST_KNOWN) this.known.clear();
    this.known.set(key, { at: performance.now(), integration });
    return integration;
  }
}

/** The same for every reason: nobody learns which half was wrong. */
const unknownSender = (): Refusal => new Refusal('invalid_token', 'This sender is not known.');

function plainAddress(address: string): string {
  return address.replace(/^::ffff:/i, '');
}
