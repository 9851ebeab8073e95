import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { ApiModule } from '../api.module';
import { buildOpenApi, contractFile, prefixApi } from '../openapi';

/** Writes the contract from the controllers, without a database: `node dist/apps/api/src/cli/contract.js [file]`. */
async function main(): Promise<void> {
  const config = readConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1/none' });
  const module = { module: ApiModule, imports: [DatabaseModule.forRoot(config)] };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  prefixApi(app);
  const file = path.resolve(process.argv[2] ?? contractFile());
  writeFileSync(file, JSON.stringify(buildOpenApi(app), null, 2) + '\n');
  console.log(file);
}

void main().then(() => process.exit(0));
