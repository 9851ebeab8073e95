import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SYSTEM_ACTOR, TenantDb } from '@app/db/tenant-db';
import { parseReference } from '@app/domain/reference';
import { PRIORITIES } from '@app/domain/sla-policy';
import { localInstants } from '@app/domain/zone';
import { type CategoryRow, ReferenceData } from '@app/features/directory/reference-data';
import type { SimulationView } from '@app/features/sla/simulation.dto';
import { type Sample, SimulationService } from '@app/features/sla/simulation.service';
import { SlaModule } from '@app/features/sla/sla.module';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { databaseUrl } from './database-url';

const USAGE = `Usage: npm run simulate -- --ticket <reference>
   or: npm run simulate -- --at 2026-11-27T11:50 [--hub FM] [--category CRE.04] [--channel portal] [--policy CODE] [--priority normal]
Times are local; --lang ar answers in Arabic.`;

const OPTIONS = {
  ticket: { type: 'string' },
  at: { type: 'string' },
  hub: { type: 'string' },
  category: { type: 'string' },
  channel: { type: 'string' },
  policy: { type: 'string' },
  priority: { type: 'string', default: 'normal' },
  lang: { type: 'string', default: 'fr' },
} as const;

type Arguments = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

@Module({})
class SimulateCommand {
  static forRoot(config: Config): DynamicModule {
    return { module: SimulateCommand, imports: [DatabaseModule.forRoot(config), SlaModule] };
  }
}

/** A local time without offset: the instant at which the clocks of the hubs show it (the first, when they do twice). */
function instantOf(text: string): Date {
  const [, date, hours, minutes] = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)$/.exec(text) ?? [];
  const [at] = date ? localInstants(date, Number(hours) * 60 + Number(minutes)) : [];
  if (!at) throw new Error(`"${text}" is not a local time.\n${USAGE}`);
  return at;
}

async function ofTicket(db: TenantDb, simulations: SimulationService, text: string): Promise<SimulationView> {
  const reference = parseReference(text)?.reference;
  const [row] = await db.system((tx) =>
    tx.sql<{ id: string }>('select id from ticket where reference = $1', [reference ?? '']),
  );
  if (!row) throw new Error(`There is no ticket ${text}.`);
  return simulations.ofTicket(row.id);
}

/** The one that a code names; nothing without a code. */
function named<T>(
  what: string,
  code: string | undefined,
  list: Iterable<T>,
  codeOf: (one: T) => string,
): T | undefined {
  if (code === undefined) return undefined;
  const found = [...list].find((one) => codeOf(one) === code.toUpperCase());
  if (!found) throw new Error(`There is no ${what} ${code}.`);
  return found;
}

function ofSample({ current }: ReferenceData, simulations: SimulationService, given: Arguments): SimulationView {
  const priority = PRIORITIES.find((one) => one === given.priority);
  if (!priority) throw new Error(USAGE);
  const category = named('category', given.category, current.categories.values(), (one) => one.code);
  return simulations.sample(SYSTEM_ACTOR, {
    hubId: named('hub', given.hub, current.hubs.values(), (one) => one.code)?.id,
    policyId: named('policy', given.policy, current.policies, (one) => one.key)?.policyId,
    startedAt: instantOf(given.at!),
    priority,
    facts: { channel: given.channel ?? 'portal', ...(category && factsOf(category)) },
    pauses: [],
  });
}

function factsOf({ code, kind, defaultConfidentiality, needsValidation }: CategoryRow): Sample['facts'] {
  return { category: code, kind, confidentiality: defaultConfidentiality, needsValidation };
}

function show({ hub, policy, priority, clocks }: SimulationView, lang: string): void {
  const name = (one: { nameFr: string; nameAr: string }): string => (lang === 'ar' ? one.nameAr : one.nameFr);
  console.log(`${name(hub)} · ${name(policy)} (${policy.code}) · ${priority}`);
  for (const clock of clocks) {
    console.log(`\n${clock.metric}: ${clock.targetMinutes} min (${clock.time})`);
    for (const step of clock.steps) console.log(`  ${lang === 'ar' ? step.textAr : step.textFr}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (!values.ticket === !values.at) throw new Error(USAGE);
  const config = readConfig();
  const command = SimulateCommand.forRoot({ ...config, databaseUrl: databaseUrl(config), logLevel: 'warn' });
  const app = await NestFactory.createApplicationContext(command, { logger: false, abortOnError: false });
  try {
    const simulations = app.get(SimulationService);
    const view = values.ticket
      ? await ofTicket(app.get(TenantDb), simulations, values.ticket)
      : ofSample(app.get(ReferenceData, { strict: false }), simulations, values);
    show(view, values.lang);
  } finally {
    await app.close();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
