import { createHash, randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { openSpans } from '@app/domain/business-hours';
import { DAY_MS } from '@app/domain/zone';
import { CallIntake } from '@app/features/calls/call-intake.service';
import { RawEvents } from '@app/features/calls/raw-events';
import { ReferenceData } from '@app/features/directory/reference-data';
import { eventsOfCall } from './phone-events';
import { writeMorning, type PhoneGround } from './phone-script';
import { SeededRandom } from './seeded-random';

const HUBS = ['MS', 'FM'];
const CALLS_A_DAY = 22;
const MORNING_SECONDS = 3.5 * 3_600;
const SEED = 20_261;

export interface PhoneHub extends PhoneGround {
  hubId: string;
  integrationId: string;
}

/** The last two mornings of calls, as a telephone system would have told of them, so that no screen is empty. */
export async function loadCalls(app: INestApplicationContext, now: Date): Promise<number> {
  const [db, reference] = [app.get(TenantDb), app.get(ReferenceData)];
  const raw = new RawEvents(db);
  const random = new SeededRandom(SEED);
  let count = 0;
  for (const code of HUBS) {
    const hub = [...reference.current.hubs.values()].find((one) => one.code === code);
    if (!hub) continue;
    const phone = await db.system((tx) => readyHub(tx, hub.id, 'asterisk', 'L2'));
    const mornings = openSpans(reference.calendarOf(hub.id).calendar, new Date(now.getTime() - 9 * DAY_MS), now)
      .filter(([from, to]) => to - from > 3 * 3_600_000 && from + MORNING_SECONDS * 1_000 < now.getTime())
      .slice(-4);
    for (const [day, [from]] of mornings.entries()) {
      if (day % 2 === 1 && mornings.length > 2) continue;
      const calls = writeMorning(random, phone, {
        calls: CALLS_A_DAY,
        seconds: MORNING_SECONDS,
        name: `demo-${code}-${day}`,
      });
      count += calls.length;
      const bodies = calls
        .flatMap((call) => eventsOfCall(call, from))
        .map((event) => Buffer.from(JSON.stringify({ events: [event] })));
      const { hubId, integrationId } = phone;
      await Promise.all(
        bodies.map((body) =>
          raw.store({ integrationId, hubId, receivedAt: now, contentType: 'application/json', body }),
        ),
      );
    }
  }
  await app.get(CallIntake).drain();
  await db.system(writeUp);
  return count;
}

/** What agents would have written of them. */
async function writeUp(tx: TenantTx): Promise<void> {
  await tx.sql(`
    update call set wrap_up_code = (array['answered', 'ticket', 'referred'])[1 + abs(hashtext(id::text)) % 3],
      disposition = (array['resolved', 'follow_up', 'no_need'])[1 + abs(hashtext(root_id)) % 3], language = ivr ->> 'language',
      wrapped_up_at = ended_at + interval '40 s'
    where outcome = 'answered' and source = 'pbx' and wrap_up_code is null`);
}

/** A hub that telephones: a system under a name of its own, and a telephone for each of its agents. */
export async function readyHub(
  tx: TenantTx,
  hubId: string,
  provider: 'asterisk' | 'zammad',
  level: 'L1' | 'L2',
  token: string = randomBytes(32).toString('base64url'),
): Promise<PhoneHub> {
  await tx.sql('insert into hub_telephony (hub_id, level) values ($1, $2) on conflict (hub_id) do nothing', [
    hubId,
    level,
  ]);
  const name = provider === 'asterisk' ? 'Standard de démonstration' : 'Appels joués';
  const hash = createHash('sha256').update(token).digest();
  const [known] = await tx.sql<{ id: string }>(
    'update pbx_integration set token_hash = $3, active = true where hub_id = $1 and name = $2 returning id',
    [hubId, name, hash],
  );
  const integrationId = known?.id ?? uuid();
  if (!known) {
    await tx.sql(
      'insert into pbx_integration (id, hub_id, name, provider, token_hash, created_at) values ($1, $2, $3, $4, $5, $6)',
      [integrationId, hubId, name, provider, hash, tx.now],
    );
  }
  await tx.sql(
    `insert into pbx_agent (hub_id, kind, value, account_id)
     select $1, 'extension', (200 + row_number() over (order by a.name, a.id))::text, a.id from membership m join account a on a.id = m.account_id
     where m.hub_id = $1 and m.kind = 'hub' and m.role = 'agent' on conflict do nothing`,
    [hubId],
  );
  const extensions = await tx.sql<{ value: string }>(
    `select value from pbx_agent where hub_id = $1 and kind = 'extension' order by value`,
    [hubId],
  );
  const numbers = await tx.sql<{ e164: string }>(
    'select distinct e164 from contact_phone where hub_id = $1 order by e164',
    [hubId],
  );
  if (extensions.length === 0) throw new Error('The hub has no agent who could answer.');
  return {
    hubId,
    integrationId,
    extensions: extensions.map((one) => one.value),
    numbers: numbers.map((one) => one.e164),
  };
}
