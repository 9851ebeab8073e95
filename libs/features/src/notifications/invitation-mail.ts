import { randomBytes } from 'node:crypto';
import type { TenantTx } from '@app/db/tenant-db';
import { longDate } from '@app/domain/long-date';
import type { Locale } from '@app/domain/person';
import type { Role } from '@app/domain/ticket';
import type { LoggedEvent } from '@app/platform/consumer';
import { tokenHash } from '@app/platform/session-reader';
import { addMail } from './notification-rows';
import { ROLE_NAMES } from './template-texts';

interface Invited {
  id: string;
  hubId: string | null;
  email: string;
  name: string;
  locale: Locale;
  role: Role;
  expiresAt: Date;
  hubFr: string | null;
  hubAr: string | null;
  by: string;
}

const PROGRAMME = { fr: 'Programme national', ar: 'البرنامج الوطني' };

/** Makes the token, keeps its hash and writes the mail that carries it: a later mail ends an earlier token. */
export async function mailInvitation(tx: TenantTx, event: LoggedEvent, publicUrl: string): Promise<void> {
  const [one] = await tx.query<Invited>(
    'invitation-mail',
    `select i.id, i.hub_id as "hubId", i.email, i.name, i.locale, i.role, i.expires_at as "expiresAt", h.name_fr as "hubFr", h.name_ar as "hubAr",
       a.name as by
     from invitation i join account a on a.id = i.invited_by left join hub h on h.id = i.hub_id
     where i.id = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2 for update of i`,
    [event.data.invitationId, tx.now],
  );
  if (!one) return;
  const token = randomBytes(32).toString('base64url');
  await tx.query('invitation-token', 'update invitation set token_hash = $2 where id = $1', [one.id, tokenHash(token)]);
  const { locale } = one;
  await addMail(
    tx,
    event,
    { id: null, hubId: one.hubId, associationId: null },
    {
      template: 'invitation',
      language: locale,
      to: one.email,
      values: {
        name: one.name,
        by: one.by,
        role: ROLE_NAMES[one.role][locale],
        hub: (locale === 'ar' ? one.hubAr : one.hubFr) ?? PROGRAMME[locale],
        due: longDate(one.expiresAt, locale),
        // Behind the hash sign it reaches no server log.
        link: `${publicUrl}/desk/invitation?lang=${locale}#${token}`,
      },
    },
  );
}
