import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig, type Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { NestLog, createLog } from '@app/platform/log';

/** Settings of a process under test: the test's database, quiet, its own folder. */
export function testConfig(databaseUrl: string, changes: Partial<Config> = {}): Config {
  const varDir = mkdtempSync(path.join(tmpdir(), 'sanad-var-'));
  return {
    ...readConfig({ REDIS_URL: process.env.TEST_REDIS_URL }),
    databaseUrl,
    varDir,
    logLevel: 'silent',
    publicUrl: 'https://sanad.example',
    ...changes,
  };
}

/** A process without HTTP: the global modules and these. */
export function startContext(config: Config, ...modules: Type[]): Promise<INestApplicationContext> {
  @Module({ imports: [DatabaseModule.forRoot(config), ...modules] })
  class ProcessUnderTest {}
  return NestFactory.createApplicationContext(ProcessUnderTest, {
    logger: new NestLog(createLog('silent')),
    abortOnError: false,
  });
}
