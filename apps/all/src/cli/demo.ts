import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { checkZoneSource } from '@app/domain/zone';
import { readConfig } from '@app/platform/config';
import { bulkTickets } from './bulk';
import { databaseUrl } from './database-url';

const USAGE = 'Usage: npm run demo -- --tickets 1000 [--hub FM]';
const MOST = 1_000_000;

function readArguments(): { tickets: number; hub?: string } {
  const { values } = parseArgs({ options: { tickets: { type: 'string' }, hub: { type: 'string' } } });
  const tickets = Number(values.tickets);
  if (!Number.isInteger(tickets) || tickets < 1 || tickets > MOST) throw new Error(USAGE);
  return { tickets, hub: values.hub?.toUpperCase() };
}

async function main(): Promise<void> {
  const { tickets, hub } = readArguments();
  checkZoneSource();
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1_000).toFixed(1);
  await bulkTickets(databaseUrl(readConfig()), tickets, {
    hub,
    progress: (done) => {
      if (done % 5_000 === 0) console.log(`${done.toLocaleString('en').padStart(10)} tickets (${seconds()} s)`);
    },
  });
  console.log(`${tickets.toLocaleString('en')} tickets were added in ${seconds()} s.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
