import { randomBytes } from 'node:crypto';
import { runAsAdmin, testServer, urlFor } from './test-server';

export interface TestDatabase {
  name: string;
  /** The superuser, who sees every row: for arranging and checking. */
  adminUrl: string;
  /** The login that the application uses. */
  appUrl: string;
  drop(): Promise<void>;
}

/** A fresh copy of the migrated template (about 40 ms); one for each test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, prefix, template, login } = testServer();
  const name = prefix + randomBytes(6).toString('hex');
  await runAsAdmin(
    adminUrl,
    `create database ${name} template ${template}`,
    `grant create on database ${name} to sanad_owner, sanad_queue`, // rights on the database itself are not copied
  );
  return {
    name,
    adminUrl: urlFor(adminUrl, name),
    appUrl: urlFor(adminUrl, name, login),
    drop: () => runAsAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}
