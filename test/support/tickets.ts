import { Client } from 'pg';
import { v7 as uuid } from 'uuid';

/** One hub with what a ticket must point to, written as the superuser; ids are chosen here. */
export interface TestHub {
  id: string;
  code: string;
  queueId: string;
  calendarVersionId: string;
  policyVersionId: string;
}

export class Arrange {
  private constructor(readonly client: Client) {}

  static async open(adminUrl: string): Promise<Arrange> {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(`
      insert into place (code, parent_code, kind, name_fr, name_ar)
        values ('MA-07', null, 'region', 'Marrakech-Safi', 'مراكش-آسفي') on conflict do nothing;
      insert into category (code, parent_code, kind, name_fr, name_ar, name_en)
        values ('CRE', null, 'legal', 'Création', 'التأسيس', 'Creation'), ('CRE-1', 'CRE', 'legal', 'Récépissé', 'الوصل', 'Receipt') on conflict do nothing;
      insert into skill (code, type, name_fr, name_ar) values ('fr', 'language', 'français', 'الفرنسية'), ('ar', 'language', 'arabe', 'العربية') on conflict do nothing`);
    return new Arrange(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  async rows<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(text, values)).rows as Row[];
  }

  async hub(code: string, isNational = false): Promise<TestHub> {
    const [id, calendar, calendarVersionId, policy, policyVersionId, queueId] = Array.from({ length: 6 }, () => uuid());
    await this.rows(`insert into calendar values ($1, $2, 'c', 'c')`, [calendar, code]);
    await this.rows(`insert into calendar_version values ($1, $2, 1, '{}', now())`, [calendarVersionId, calendar]);
    await this.rows(
      `insert into hub (id, code, name_fr, name_ar, status, is_national, calendar_id) values ($1, $2, $3, $4, 'active', $5, $6)`,
      [id, code, `Pôle ${code}`, `قطب ${code}`, isNational, calendar],
    );
    await this.rows('insert into sla_policy (id, code, hub_id, position) values ($1, $2, $3, 1)', [policy, code, id]);
    await this.rows('insert into sla_policy_version values ($1, $2, 1, $3, now())', [
      policyVersionId,
      policy,
      { conditions: [], targets: [], pause: { pausedMetrics: [] }, warnings: [], ladder: [] },
    ]);
    await this.rows(`insert into queue (id, hub_id, code, name_fr, name_ar) values ($1, $2, 'LEGAL', 'q', 'q')`, [
      queueId,
      id,
    ]);
    return { id, code, queueId, calendarVersionId, policyVersionId };
  }

  async account(name: string, options: { locale?: 'fr' | 'ar' } = {}): Promise<string> {
    const id = uuid();
    await this.rows(
      `insert into account (id, email, password_hash, name, locale, created_at) values ($1, $2, 'x', $3, $4, now())`,
      [id, `${name.toLowerCase()}@example.org`, name, options.locale ?? 'fr'],
    );
    return id;
  }

  async staff(
    hub: TestHub,
    role: 'agent' | 'supervisor',
    name: string,
    options: { languages?: string[]; cleared?: boolean; locale?: 'fr' | 'ar' } = {},
  ): Promise<string> {
    const id = await this.account(name, options);
    await this.rows(
      `insert into membership (id, account_id, kind, role, hub_id, cleared) values ($1, $2, 'hub', $3, $4, $5)`,
      [uuid(), id, role, hub.id, options.cleared ?? false],
    );
    for (const language of options.languages ?? ['fr', 'ar']) {
      await this.rows('insert into agent_skill values ($1, $2, $3, 2)', [id, hub.id, language]);
    }
    return id;
  }

  async ticket(
    hub: TestHub,
    options: {
      language?: 'fr' | 'ar';
      requesterId?: string;
      assigneeId?: string;
      restricted?: boolean;
      subject?: string;
    } = {},
  ): Promise<string> {
    const id = uuid();
    const number = String(parseInt(id.slice(-8), 16)).slice(0, 9);
    await this.rows(
      `insert into ticket (id, reference, hub_id, origin_hub_id, requester_account_id, requester_name, place_code, channel, language, answer_language,
         kind, advice_level, category_code, queue_id, priority, confidentiality, needs_validation, status, assignee_id, subject, opened_at, updated_at)
       values ($1, $2, $3, $3, $4, 'Amina', 'MA-07', 'portal', $5, $5, 'legal', 'orientation', 'CRE-1', $6, 'normal', $7, false, $8, $9, $10, now(), now())`,
      [
        id,
        `${hub.code}-26-${number}-0`,
        hub.id,
        options.requesterId ?? null,
        options.language ?? 'fr',
        hub.queueId,
        options.restricted ? 'restricted' : 'normal',
        options.assigneeId ? 'open' : 'new',
        options.assigneeId ?? null,
        options.subject ?? 'Le récépissé',
      ],
    );
    return id;
  }

  async tickets(hub: TestHub, count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) ids.push(await this.ticket(hub));
    return ids;
  }

  async clock(hub: TestHub, ticketId: string, dueAt: string): Promise<string> {
    const id = uuid();
    await this.rows(
      `insert into sla_clock (id, ticket_id, hub_id, metric, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state)
       values ($1, $2, $3, 'first_response', $4, $5, 'business', 60, now(), $6, 'running')`,
      [id, ticketId, hub.id, hub.policyVersionId, hub.calendarVersionId, dueAt],
    );
    return id;
  }

  async reply(hub: TestHub, ticketId: string, body: string, notice: string): Promise<string> {
    const id = uuid();
    await this.rows(
      `insert into message (id, ticket_id, hub_id, kind, author_kind, author_name, channel, language, direction, body, legal_notice, search, created_at)
       values ($1, $2, $3, 'reply', 'staff', 'Karim', 'portal', 'fr', 'ltr', $4, $5, '', now())`,
      [id, ticketId, hub.id, body, notice],
    );
    return id;
  }
}

/** Asks again until the answer is there; fails with the last one after a while. */
export async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean, ms = 20_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
