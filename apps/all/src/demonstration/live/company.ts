import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { demonstrationPeople } from '../people';

const CAST = `
  select a.id as "accountId", a.email, a.name, a.locale, m.role, m.hub_id as "hubId", coalesce(h.is_national, false) as "hubIsNational", m.association_id as "associationId",
    m.cleared, s.place_code as "placeCode", s.name_fr as "nameFr", s.name_ar as "nameAr"
  from account a join membership m on m.account_id = a.id and upper_inf(m.valid)
  left join hub h on h.id = m.hub_id left join association s on s.id = m.association_id
  where a.email::text = any ($1) and a.status = 'active' order by a.email`;
/** A person who is signed in acts alone. */
const HUMANS = `
  select distinct account_id as id from session where revoked_at is null and expires_at > clock_timestamp()`;

interface Row extends Omit<Actor, 'association'> {
  email: string;
  placeCode: string | null;
  nameFr: string;
  nameAr: string;
}

/** Those of the demonstration whom the agent may play: never one as whom somebody is signed in. */
export class Company {
  private readonly people = new Map<string, Actor>();
  private humans = new Set<string>();

  constructor(private readonly db: TenantDb) {}

  /** Who is there, and who of them acts by himself. */
  async gather(): Promise<void> {
    const emails = demonstrationPeople().map((person) => person.email);
    const [rows, humans] = await this.db.system(async (tx) => [
      await tx.query<Row>('demonstration-cast', CAST, [emails]),
      await tx.query<{ id: string }>('demonstration-humans', HUMANS),
    ]);
    this.humans = new Set(humans.map((one) => one.id));
    for (const { email, placeCode, nameFr, nameAr, ...actor } of rows) {
      const association = placeCode ? { placeCode, nameFr, nameAr } : null;
      this.people.set(email, { ...actor, association });
    }
  }

  /** Somebody to play; null when a person is signed in as him, or he is not there. */
  play(email: string): Actor | null {
    const actor = this.people.get(email);
    return actor && !this.humans.has(actor.accountId) ? actor : null;
  }

  /** For what belongs to the scene and not to a person, such as its settings. */
  find(email: string): Actor | null {
    return this.people.get(email) ?? null;
  }

  /** Members and managers whose questions go to one of these hubs, as far as they can be played. */
  askers(hubId: string): Actor[] {
    return [...this.people.values()].filter(
      (one) => one.associationId !== null && one.hubId === hubId && !this.humans.has(one.accountId),
    );
  }
}
