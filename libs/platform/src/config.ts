import path from 'node:path';

/** Everything that the environment may set; the only file that reads it. */
export interface Config {
  /** Run-time database; null means the embedded one. */
  databaseUrl: string | null;
  /** For set-up and migrations only. */
  databaseAdminUrl: string | null;
  /** Second switch of the running modes: queues and sockets over Redis instead of PostgreSQL. */
  redisUrl: string | null;
  varDir: string;
  host: string;
  port: number;
  /** Further origins from which browsers may write, besides the host that they ask. */
  origins: string[];
  /** What links in mail begin with. */
  publicUrl: string;
  smtpUrl: string | null;
  mailFrom: string;
  metricsToken: string | null;
  logLevel: string;
  poolSize: number;
  /** The demonstration programme: nothing is ever sent to the outside, and its outbox can be read. */
  demonstration: boolean;
}

const text = (value: string | undefined): string | null => (value && value.trim() !== '' ? value.trim() : null);

/** Reads the settings; a wrong one is refused with its name. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65_535);
  return {
    databaseUrl: text(env.DATABASE_URL),
    databaseAdminUrl: text(env.DATABASE_ADMIN_URL),
    redisUrl: text(env.REDIS_URL),
    varDir: path.resolve(text(env.SANAD_VAR) ?? 'var'),
    host: text(env.HOST) ?? '127.0.0.1',
    port,
    origins: (text(env.SANAD_ORIGINS) ?? '').split(',').filter(Boolean),
    publicUrl: text(env.PUBLIC_URL) ?? `http://localhost:${port}`,
    smtpUrl: text(env.SMTP_URL),
    mailFrom: text(env.MAIL_FROM) ?? 'Sanad <no-reply@example.org>',
    metricsToken: text(env.METRICS_TOKEN),
    logLevel: text(env.LOG_LEVEL) ?? 'info',
    poolSize: wholeNumber(env, 'DATABASE_POOL', 10, 2, 200),
    demonstration: false,
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const raw = text(env[name]);
  if (raw === null) return fallback;
  const value = Number(raw);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} must be a whole number from ${min} to ${max}.`);
  }
  return value;
}
