import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '@app/platform/config';

/** The database of a command: the given one, else that of the program, which keeps the address beside its data. */
export function databaseUrl(config: Config): string {
  if (config.databaseUrl) return config.databaseUrl;
  try {
    const file = path.join(config.varDir, 'connection.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { appUrl: string }).appUrl;
  } catch {
    throw new Error('There is no database yet: start Sanad first, or set DATABASE_URL.');
  }
}
