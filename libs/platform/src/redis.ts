import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { StartupProblem } from '@app/db/startup-problem';

/** Either kind of connection; what both can do is all that is used. */
export type RedisClient = Redis | Cluster;

interface Host {
  host: string;
  port: number;
}

/** What an address says: one server, the master that Sentinels know, or a cluster. */
export type RedisAddress =
  { kind: 'single' | 'sentinel'; options: RedisOptions } | { kind: 'cluster'; nodes: Host[]; options: RedisOptions };

const FORMS = 'redis://host:6379, redis+sentinel://host:26379,host:26379/master or redis+cluster://host:6379,host:6379';
const ADDRESS =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^:@]*)(?::(?<password>[^@]*))?@)?(?<hosts>[^/?@]+)\/?(?<path>[^?]*)$/;
const PORTS = { single: 6379, cluster: 6379, sentinel: 26379 } as const;
const ANSWER_MS = 5_000;
const NOT_ALLOWED = /^(WRONGPASS|NOAUTH|NOPERM)/;

/**
 * Reads `REDIS_URL`: `redis://[user:password@]host[:port][/number]`, with `redis+sentinel://host,host/master[/number]` and
 * `redis+cluster://host,host`; `rediss` instead of `redis` for TLS. Throws a StartupProblem that names the forms.
 */
export function redisAddress(url: string): RedisAddress {
  const { kind, hosts, path, access, tls } = partsOf(url);
  if (kind === 'cluster') return { kind, nodes: hosts, options: access };
  if (kind === 'single') return { kind, options: { ...access, ...hosts[0], db: numberOf(path[0]) } };
  if (!path[0])
    throw new StartupProblem('REDIS_URL names Sentinels but not their master: write its name behind the hosts.');
  const secure = tls ? { sentinelTLS: {}, enableTLSForSentinelMode: true } : {};
  return { kind, options: { ...access, ...secure, sentinels: hosts, name: path[0], db: numberOf(path[1]) } };
}

interface AddressParts {
  kind: keyof typeof PORTS;
  hosts: Host[];
  path: string[];
  access: RedisOptions;
  tls: boolean;
}

function partsOf(url: string): AddressParts {
  const found = ADDRESS.exec(url.trim())?.groups;
  const kind = (found?.kind ?? 'single') as keyof typeof PORTS;
  const named = found?.hosts.split(',') ?? [];
  const hosts = named.map((one) => hostOf(one, PORTS[kind])).filter((one) => one !== null);
  if (!found || hosts.length < named.length || (kind === 'single' && hosts.length > 1))
    throw new StartupProblem(`REDIS_URL is not an address that Sanad can read: write ${FORMS}.`);
  return { kind, hosts, path: found.path.split('/').filter(Boolean), access: accessOf(found), tls: found.tls !== '' };
}

function accessOf(found: Record<string, string | undefined>): RedisOptions {
  return {
    ...(found.user ? { username: decodeURIComponent(found.user) } : {}),
    ...(found.password ? { password: decodeURIComponent(found.password) } : {}),
    ...(found.tls ? { tls: {} } : {}),
  };
}

function hostOf(text: string, usual: number): Host | null {
  const [, host, port] = /^(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return host ? { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? usual) } : null;
}

function numberOf(path: string | undefined): number {
  const number = Number(path ?? 0);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new StartupProblem(`REDIS_URL ends with "${path}" where the number of a database belongs.`);
}

/** A connection; `options` are those of one connection, of a cluster those of each of its nodes. */
export function connectRedis(url: string, options: RedisOptions = {}, cluster: ClusterOptions = {}): RedisClient {
  const address = redisAddress(url);
  const redisOptions = { ...address.options, ...options };
  if (address.kind !== 'cluster') return new Redis(redisOptions);
  const { enableOfflineQueue, lazyConnect } = options;
  return new Cluster(address.nodes, {
    redisOptions,
    ...(enableOfflineQueue === undefined ? {} : { enableOfflineQueue }),
    ...(lazyConnect === undefined ? {} : { lazyConnect }),
    ...cluster,
  });
}

/**
 * Refuses, in one sentence, a Redis that would lose jobs. `mustAnswer: false` lets a process start that does its work without
 * Redis while it is away.
 */
export async function checkRedis(url: string | null, { mustAnswer = true } = {}): Promise<void> {
  if (!url) return;
  const once = { lazyConnect: true, connectTimeout: ANSWER_MS, maxRetriesPerRequest: 0, retryStrategy: () => null };
  const client = connectRedis(
    url,
    { ...once, sentinelRetryStrategy: () => null },
    { clusterRetryStrategy: () => null },
  );
  let reason = '';
  client.on('error', (error: NodeJS.ErrnoException) => (reason = error.code ?? error.message));
  try {
    for (const info of await infoOf(client)) checkSettings(info);
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    reason ||= (error as Error).message;
    if (mustAnswer || NOT_ALLOWED.test(reason)) throw unusable(reason);
  } finally {
    client.disconnect();
  }
}

async function infoOf(client: RedisClient): Promise<string[]> {
  const late = timeLimit(2 * ANSWER_MS);
  try {
    await Promise.race([client.connect(), late.promise]);
    const nodes = client instanceof Cluster ? client.nodes('master') : [client];
    return await Promise.all(nodes.map((node) => node.info()));
  } finally {
    late.clear();
  }
}

/** A cluster that does not know its own addresses is looked for without end. */
function timeLimit(ms: number): { promise: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ms);
  });
  promise.catch(() => undefined);
  return { promise, clear: () => clearTimeout(timer) };
}

function unusable(reason: string): StartupProblem {
  return new StartupProblem(
    `The Redis of REDIS_URL cannot be used (${reason.slice(0, 80)}): check the address, the password and that it runs.`,
  );
}

/** INFO says it as well, and managed services that hide CONFIG answer it. */
function checkSettings(info: string): void {
  const value = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const policy = value('maxmemory_policy');
  if (policy !== 'noeviction')
    throw new StartupProblem(
      `Redis would throw jobs away when its memory is full (maxmemory-policy is ${policy || 'unknown'}): set maxmemory-policy noeviction.`,
    );
  if (value('aof_enabled') !== '1')
    throw new StartupProblem(
      'Redis writes no append-only file and would lose its jobs in a crash: set appendonly yes.',
    );
}

/** Ends a connection without waiting for a server that is away. */
export async function closeRedis(client: RedisClient): Promise<void> {
  if (client.status === 'ready') await client.quit().catch(() => undefined);
  client.disconnect();
}
