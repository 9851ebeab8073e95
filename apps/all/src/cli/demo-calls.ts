import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TenantDb } from '@app/db/tenant-db';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { readyHub } from '../demonstration/calls';
import { postsOfCall } from '../demonstration/phone-events';
import { writeMorning, type PlayedCall } from '../demonstration/phone-script';
import { SeededRandom } from '../demonstration/seeded-random';
import { databaseUrl } from './database-url';

const USAGE = 'Usage: npm run demo:calls -- [--hub MS] [--calls 40] [--minutes 6] [--url http://localhost:3000]';
/** Talk is shortened, waiting is not: what is seen on the wall is true to life. */
const LONGEST_TALK_SECONDS = 45;

@Module({})
class DemoCallsModule {
  static forRoot(config: Config): DynamicModule {
    return { module: DemoCallsModule, imports: [DatabaseModule.forRoot(config)] };
  }
}

interface Wanted {
  hub: string;
  calls: number;
  minutes: number;
  url: string;
}

function readArguments(config: Config): Wanted {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { hub: text, calls: text, minutes: text, url: text } });
  const { hub = 'MS', calls = '40', minutes = '6', url = `http://127.0.0.1:${config.port}` } = values;
  const wanted = {
    hub: hub.toUpperCase(),
    calls: Number(calls),
    minutes: Number(minutes),
    url: url.replace(/\/$/, ''),
  };
  if (!Number.isInteger(wanted.calls) || wanted.calls < 1 || wanted.calls > 2_000 || !(wanted.minutes > 0)) {
    throw new Error(USAGE);
  }
  return wanted;
}

/** A telephone system of the hub whose token is known here only; whoever plays again rotates it. */
async function prepare(
  config: Config,
  { hub, calls, minutes }: Wanted,
): Promise<{ token: string; morning: PlayedCall[] }> {
  const settings = { ...config, databaseUrl: databaseUrl(config), logLevel: 'silent' };
  const app = await NestFactory.createApplicationContext(DemoCallsModule.forRoot(settings), {
    logger: false,
    abortOnError: false,
  });
  try {
    const token = randomBytes(32).toString('base64url');
    const ground = await app.get(TenantDb).system(async (tx) => {
      const [row] = await tx.sql<{ id: string }>('select id from hub where code = $1', [hub]);
      if (!row) throw new Error(`There is no hub ${hub}.`);
      return readyHub(tx, row.id, 'zammad', 'L1', token);
    });
    const name = `played-${Date.now().toString(36)}`;
    const morning = writeMorning(new SeededRandom(Date.now()), ground, { calls, seconds: minutes * 60, name });
    return { token, morning };
  } finally {
    await app.close();
  }
}

async function play(url: string, call: PlayedCall): Promise<void> {
  const short = { ...call, talk: Math.min(call.talk, LONGEST_TALK_SECONDS) };
  let played = 0;
  for (const { second, form } of postsOfCall(short)) {
    await sleep((second - played) * 1_000);
    played = second;
    const answer = await fetch(url, { method: 'POST', body: form });
    if (!answer.ok) throw new Error(`The receiver answers ${answer.status}: is Sanad running there?`);
    console.log(
      `${String(Math.round(second)).padStart(5)} s  ${form.get('event')!.padEnd(8)} ${call.from}  ${call.course} (${call.language})`,
    );
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  const wanted = readArguments(config);
  const { token, morning } = await prepare(config, wanted);
  console.log(`${morning.length} calls at ${wanted.hub}, ${wanted.minutes} minutes; Ctrl-C ends the morning.`);
  await Promise.all(morning.map((call) => play(`${wanted.url}/api/v1/telephony/${token}`, call)));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
