import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import { passwordProblem } from '@app/domain/password';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { hashPassword } from './passwords';

/** The hash of a password that somebody chooses for a new account. @throws Refusal at `/password` */
export function chosenPassword(password: string, email: string): Promise<string> {
  const problem = passwordProblem(password, email);
  if (problem) throw Refusal.field('/password', problem, 'Choose another password.');
  return hashPassword(password);
}

/** The account of somebody who was invited; its id. */
export async function newAccount(
  tx: TenantTx,
  person: { email: string; name: string; locale: Locale },
  passwordHash: string,
): Promise<string> {
  const id = uuid();
  await tx.sql(
    'insert into account (id, email, password_hash, name, locale, created_at) values ($1, $2, $3, $4, $5, $6)',
    [id, person.email, passwordHash, person.name, person.locale, tx.now],
  );
  return id;
}
