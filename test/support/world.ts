import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { loadReference } from '@app/db/reference/load';
import { fold } from '@app/domain/folding';
import type { Role } from '@app/domain/ticket';
import { hashPassword } from '@app/features/identity/passwords';
import { tokenHash } from '@app/platform/session-reader';
import { referenceDir } from '../../apps/all/src/prepare';
import type { TestDatabase } from './database';

/** Somebody who is signed in. */
export interface TestPerson {
  accountId: string;
  membershipId: string;
  email: string;
  token: string;
  role: Role;
  hubId: string | null;
  associationId: string | null;
}

export const PASSWORD = 'correct horse battery staple';
let passwordHash: Promise<string> | null = null;

/** Two hubs, each with its people and an association: what most tests stand on. */
export class World {
  hubs: Record<string, string> = {};

  private constructor(readonly client: Client) {}

  static async create(database: TestDatabase): Promise<World> {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await loadReference(client, referenceDir());
    const world = new World(client);
    const { rows } = await client.query<{ id: string; code: string }>('select id, code from hub');
    world.hubs = Object.fromEntries(rows.map((row) => [row.code, row.id]));
    return world;
  }

  /** The same world over a new connection, without its hubs. */
  static async again(adminUrl: string): Promise<World> {
    const client = new Client({ connectionString: adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new World(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Staff of a hub, with the languages written. */
  async staff(
    hub: string,
    role: 'agent' | 'supervisor' | 'expert',
    languages = ['fr', 'ar'],
    cleared = false,
  ): Promise<TestPerson> {
    const person = await this.account(role, `${role} ${hub}`, {
      kind: 'hub',
      hubId: this.hubs[hub],
      associationId: null,
      cleared,
    });
    for (const language of languages) {
      await this.client.query(
        'insert into agent_skill (account_id, hub_id, skill_code, level) values ($1, $2, $3, 3)',
        [person.accountId, this.hubs[hub], language],
      );
    }
    return person;
  }

  coordinator(): Promise<TestPerson> {
    return this.account('coordinator', 'Coordination', {
      kind: 'national',
      hubId: null,
      associationId: null,
      cleared: false,
    });
  }

  async association(
    hub: string,
    placeCode: string,
    name = `Association ${randomBytes(3).toString('hex')}`,
  ): Promise<string> {
    const id = uuid();
    await this.client.query(
      `insert into association (id, hub_id, name_fr, name_ar, folded, place_code, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, now(), now())`,
      [id, this.hubs[hub], name, 'جمعية الاختبار', fold(name), placeCode],
    );
    return id;
  }

  async person(associationId: string, role: 'member' | 'manager'): Promise<TestPerson> {
    const { rows } = await this.client.query<{ hub_id: string }>('select hub_id from association where id = $1', [
      associationId,
    ]);
    return this.account(role, `${role} de l'association`, {
      kind: 'association',
      hubId: rows[0].hub_id,
      associationId,
      cleared: false,
    });
  }

  private async account(
    role: Role,
    name: string,
    membership: { kind: string; hubId: string | null; associationId: string | null; cleared: boolean },
  ): Promise<TestPerson> {
    const [accountId, membershipId] = [uuid(), uuid()];
    const email = `${role}.${randomBytes(4).toString('hex')}@test.example.org`;
    passwordHash ??= hashPassword(PASSWORD);
    await this.client.query(
      'insert into account (id, email, password_hash, name, created_at) values ($1, $2, $3, $4, now())',
      [accountId, email, await passwordHash, name],
    );
    const { kind, hubId, associationId, cleared } = membership;
    await this.client.query(
      'insert into membership (id, account_id, kind, role, hub_id, association_id, cleared) values ($1, $2, $3, $4, $5, $6, $7)',
      [membershipId, accountId, kind, role, hubId, associationId, cleared],
    );
    const token = await this.session(accountId, membershipId);
    return { accountId, membershipId, email, token, role, hubId, associationId };
  }

  async session(
    accountId: string,
    membershipId: string,
    expiresAt = new Date(Date.now() + 3_600_000),
  ): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.client.query(
      'insert into session (id, token_hash, account_id, membership_id, created_at, expires_at) values ($1, $2, $3, $4, now(), $5)',
      [uuid(), tokenHash(token), accountId, membershipId, expiresAt],
    );
    return token;
  }
}
