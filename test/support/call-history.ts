import type { TenantDb } from '@app/db/tenant-db';
import { canonical } from '@app/domain/calls/adapter';
import type { CallIntake } from '@app/features/calls/call-intake.service';
import { RawEvents } from '@app/features/calls/raw-events';

const DAY_MS = 86_400_000;

/**
 * What a system that we listen to told of calls on each of the last days, half of them in one busy half-hour: answered after a while by an
 * extension and talked for some minutes, each sixth given up. Through the same door as its connector's. Returns how many.
 */
export async function playHistory(
  db: TenantDb,
  intake: CallIntake,
  system: { integrationId: string; hubId: string },
  { days, perDay }: { days: number; perDay: number },
): Promise<number> {
  const store = new RawEvents(db);
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const stored: Promise<string>[] = [];
  for (let n = 0; n < days * perDay; n += 1) {
    const nth = n % perDay;
    const begun = today - (1 + Math.floor(n / perDay)) * DAY_MS + 10 * 3_600_000 + (nth % 2) * 7_200_000 + nth * 60_000;
    for (const event of told(`history-${n}`, begun, n)) {
      const body = Buffer.from(JSON.stringify({ events: [event] }));
      stored.push(store.store({ ...system, receivedAt: new Date(), contentType: 'application/json', body }));
    }
  }
  await Promise.all(stored);
  await intake.drain();
  return days * perDay;
}

function told(callId: string, begun: number, n: number) {
  const at = (seconds: number) => ({
    callId,
    legId: callId,
    receivedAt: '',
    occurredAt: new Date(begun + seconds * 1_000).toISOString(),
  });
  const from = `2126850${String(50_000 + n).padStart(5, '0')}`;
  const agents = [{ kind: 'extension' as const, value: '999' }];
  const gone = n % 6 === 5;
  const wait = gone ? 60 : 10 + (n % 3) * 10;
  return [
    canonical({ ...at(0), type: 'call.started', direction: 'in', from, to: '212523600100' }),
    canonical({ ...at(0), type: 'queue.entered', queueRef: 'PHONE' }),
    gone
      ? canonical({ ...at(wait), type: 'queue.left', exit: 'abandoned' })
      : canonical({ ...at(wait), legId: `${callId}-1`, type: 'call.answered', agents }),
    canonical({ ...at(gone ? wait : wait + 240), type: 'call.ended', cause: 'normalClearing' }),
  ];
}
