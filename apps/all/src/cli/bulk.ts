import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { localParts } from '@app/domain/zone';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { ReferenceData } from '@app/features/directory/reference-data';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { writeTickets } from '../bulk/bulk-rows';
import { QuestionBank, type AskingAssociation } from '../bulk/questions';
import { TicketMaker, type BulkAgent } from '../bulk/ticket-maker';
import { SeededRandom } from '../demonstration/seeded-random';

const BATCH = 2_500;
/** Two transactions at a time: while one is written, the other is made. */
const WRITERS = 2;

export interface BulkOptions {
  /** Code of the only hub; all of them when absent. */
  hub?: string;
  now?: Date;
  seed?: number;
  progress?: (done: number) => void;
}

@Module({})
class BulkModule {
  static forRoot(config: Config): DynamicModule {
    return { module: BulkModule, imports: [DatabaseModule.forRoot(config), DirectoryModule] };
  }
}

/** Adds invented tickets of the past 24 months to a database with demonstration associations and agents. */
export async function bulkTickets(appUrl: string, count: number, options: BulkOptions = {}): Promise<void> {
  const config = { ...readConfig({}), databaseUrl: appUrl, logLevel: 'silent' };
  const app = await NestFactory.createApplicationContext(BulkModule.forRoot(config), {
    logger: false,
    abortOnError: false,
  });
  try {
    await addTickets(app.get(TenantDb), app.get(ReferenceData), count, options);
  } finally {
    await app.close();
  }
}

async function addTickets(db: TenantDb, reference: ReferenceData, count: number, options: BulkOptions): Promise<void> {
  const now = options.now ?? new Date();
  const hub = options.hub && [...reference.current.hubs.values()].find((one) => one.code === options.hub);
  if (options.hub && !hub) throw new Error(`There is no hub ${options.hub}.`);
  const { associations, agents, numbers } = await db.system((tx) => readGround(tx, count, now));
  const asking = hub
    ? associations.filter((one) => reference.hubFor(one.placeCode, now).hubId === hub.id)
    : associations;
  if (asking.length === 0 || agents.length === 0) {
    throw new Error('There are no demonstration associations and agents to give the tickets to.');
  }
  const random = new SeededRandom(options.seed ?? numbers[0]);
  const maker = new TicketMaker(reference, new QuestionBank(reference, asking, now, random), agents, random, now);
  const notice = { fr: reference.legalNotice('fr'), ar: reference.legalNotice('ar') };
  let next = 0;
  let done = 0;
  const writer = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next = Math.min(from + BATCH, count);
      const batch = Array.from({ length: next - from }, (_, i) => maker.make((from + i) / count, numbers[from + i]));
      await db.system((tx) => writeTickets(tx, batch, notice), now);
      done += batch.length;
      options.progress?.(done);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

interface Ground {
  associations: AskingAssociation[];
  agents: BulkAgent[];
  numbers: number[];
}

async function readGround(tx: TenantTx, count: number, now: Date): Promise<Ground> {
  const associations = await tx.sql<AskingAssociation>(`
    select a.id, a.name_fr as "nameFr", a.name_ar as "nameAr", a.place_code as "placeCode", a.legal_form as "legalForm",
      c.id as "contactId", c.name as "contactName"
    from association a left join lateral (select id, name from contact where association_id = a.id order by id limit 1) c on true
    where a.demonstration order by a.code`);
  const agents = await tx.sql<BulkAgent>(
    `select a.id, a.name, m.hub_id as "hubId", m.cleared,
       array(select s.skill_code from agent_skill s where s.account_id = a.id and s.hub_id = m.hub_id) as languages
     from membership m join account a on a.id = m.account_id
     where m.role = 'agent' and m.valid @> $1::date and a.status = 'active' order by a.email`,
    [localParts(now).date],
  );
  const numbers = await tx.sql<{ n: string }>(`select nextval('ticket_number') as n from generate_series(1, $1::int)`, [
    count,
  ]);
  return { associations, agents, numbers: numbers.map((row) => Number(row.n)) };
}
