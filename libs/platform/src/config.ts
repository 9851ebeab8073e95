import path from 'node:path';

/** Everything that the environment may set; the only file that reads it. */
export interface Config {
  /** Run-time database; null means the embedded one. */
  databaseUrl: string | null;
  /** Past a pooler of transactions to the server itself; null when `databaseUrl` leads there. */
  databaseDirectUrl: string | null;
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
  /** Where files lie instead of `varDir`. */
  bucket: Bucket | null;
  metricsToken: string | null;
  /** Where a worker, which serves nobody else, tells how it does. */
  metricsPort: number | null;
  /** Proxies whose word about the client and its protocol counts. */
  trustedProxies: string[];
  /** How long a process that ends still serves; null: as long as its kind does. */
  drainMs: number | null;
  logLevel: string;
  poolSize: number;
  /** The demonstration programme: nothing is ever sent to the outside, and its outbox can be read. */
  demonstration: boolean;
  /** Whether an agent of its own keeps the demonstration alive; nothing without a demonstration. */
  demonstrationAgent: boolean;
}

/** A bucket of an S3 service; without keys those of the machine hold. */
export interface Bucket {
  name: string;
  region: string;
  /** Of another service than the usual one. */
  endpoint: string | null;
  accessKeyId: string | null;
  secretAccessKey: string | null;
}

const text = (value: string | undefined): string | null => (value && value.trim() !== '' ? value.trim() : null);

/** For what needs a connection to itself: listening, the queues' own tables, settings that last longer than a transaction. */
export function directUrl(config: Pick<Config, 'databaseUrl' | 'databaseDirectUrl'>): string {
  return config.databaseDirectUrl ?? config.databaseUrl!;
}

/** Reads the settings; a wrong one is refused with its name. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65_535);
  return {
    databaseUrl: text(env.DATABASE_URL),
    databaseDirectUrl: text(env.DATABASE_DIRECT_URL),
    databaseAdminUrl: text(env.DATABASE_ADMIN_URL),
    redisUrl: text(env.REDIS_URL),
    varDir: path.resolve(text(env.SANAD_VAR) ?? 'var'),
    host: text(env.HOST) ?? '127.0.0.1',
    port,
    origins: list(env.SANAD_ORIGINS),
    publicUrl: text(env.PUBLIC_URL) ?? `http://localhost:${port}`,
    smtpUrl: text(env.SMTP_URL),
    mailFrom: text(env.MAIL_FROM) ?? 'Sanad <no-reply@example.org>',
    bucket: readBucket(env),
    metricsToken: text(env.METRICS_TOKEN),
    metricsPort: optionalNumber(env, 'METRICS_PORT', 0, 65_535),
    trustedProxies: list(env.TRUSTED_PROXIES),
    drainMs: drainOf(env),
    logLevel: text(env.LOG_LEVEL) ?? 'info',
    poolSize: wholeNumber(env, 'DATABASE_POOL', 10, 2, 200),
    demonstration: false,
    demonstrationAgent: (text(env.SANAD_DEMO_AGENT) ?? 'on') !== 'off',
  };
}

function readBucket(env: NodeJS.ProcessEnv): Bucket | null {
  const name = text(env.S3_BUCKET);
  if (!name) return null;
  return {
    name,
    region: text(env.S3_REGION) ?? 'us-east-1',
    endpoint: text(env.S3_ENDPOINT),
    accessKeyId: text(env.S3_ACCESS_KEY_ID),
    secretAccessKey: text(env.S3_SECRET_ACCESS_KEY),
  };
}

const list = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

function drainOf(env: NodeJS.ProcessEnv): number | null {
  const seconds = optionalNumber(env, 'SANAD_DRAIN', 0, 20);
  return seconds === null ? null : seconds * 1_000;
}

function optionalNumber(env: NodeJS.ProcessEnv, name: string, min: number, max: number): number | null {
  return text(env[name]) === null ? null : wholeNumber(env, name, min, min, max);
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
