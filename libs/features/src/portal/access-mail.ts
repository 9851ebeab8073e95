import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { Locale } from '@app/domain/person';
import type { RenderedMail } from '../notifications/templates';

/** A mail that is written with what it tells of, in one transaction of the system's role; the consumer `mail` sends it. */
export async function queueMail(
  tx: TenantTx,
  mail: RenderedMail & { template: string; language: Locale; to: string; hubId: string; associationId: string },
): Promise<void> {
  const id = uuid();
  const { template, language, to, hubId, associationId, subject, text, html } = mail;
  await tx.query(
    'access-mail',
    `with queued as (insert into event (at, type, data) values ($1, 'mail.queued', jsonb_build_object('mailId', $2::uuid)) returning id),
       handed as (insert into outbox (event_id, consumer) select id, 'mail' from queued)
     insert into mail_message (id, event_id, hub_id, association_id, template, language, to_address, subject, text, html, message_id, created_at)
     select $2, id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $1 from queued`,
    [tx.now, id, hubId, associationId, template, language, to, subject, text, html, `<${id}@sanad>`],
  );
}
