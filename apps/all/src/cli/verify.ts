import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ReportsModule } from '@app/features/reports/reports.module';
import { VerifyService, type VerifyReport } from '@app/features/reports/verify.service';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { databaseUrl } from './database-url';

const FINDINGS_SHOWN = 20;

@Module({})
class VerifyCommand {
  static forRoot(config: Config): DynamicModule {
    return { module: VerifyCommand, imports: [DatabaseModule.forRoot(config), ReportsModule] };
  }
}

function show(report: VerifyReport, seconds: number): void {
  const { findings, differences, ...counts } = report;
  for (const [what, count] of Object.entries({ ...counts, differences })) {
    console.log(`${what.padEnd(12)}${count.toLocaleString('en').padStart(12)}`);
  }
  for (const { what, id, expected, found } of findings.slice(0, FINDINGS_SHOWN)) {
    console.log(`\n${what} ${id}\n  expected ${expected}\n  found    ${found}`);
  }
  if (differences > FINDINGS_SHOWN) console.log(`\n... and ${differences - FINDINGS_SHOWN} more`);
  console.log(
    `\n${differences === 0 ? 'Everything agrees with the log' : 'Something differs'} (${seconds.toFixed(1)} s).`,
  );
}

async function main(): Promise<number> {
  const config = readConfig();
  const command = VerifyCommand.forRoot({ ...config, databaseUrl: databaseUrl(config), logLevel: 'warn' });
  const app = await NestFactory.createApplicationContext(command, { logger: false, abortOnError: false });
  try {
    const started = performance.now();
    const report = await app.get(VerifyService).report();
    show(report, (performance.now() - started) / 1_000);
    return report.differences === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
