import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { LegalDeadline } from '@app/db/entities/category.entity';
import { compileCalendar, type BusinessCalendar } from '@app/domain/business-hours';
import type { CalendarDefinition } from '@app/domain/calendar';
import { Refusal } from '@app/domain/refusal';
import { chooseHub, type HubManager, type PlaceChoice, type RoutingRule, type TerritoryRow } from '@app/domain/routing';
import type { PolicyDefinition, Priority } from '@app/domain/sla-policy';
import type { AdviceLevel, Confidentiality, Kind } from '@app/domain/ticket';
import { localParts } from '@app/domain/zone';
import { LOG, type Log } from '@app/platform/log';

export interface PlaceRow {
  code: string;
  parentCode: string | null;
  kind: 'region' | 'prefecture' | 'province';
  nameFr: string;
  nameAr: string;
}

export interface CategoryRow {
  code: string;
  parentCode: string | null;
  kind: Kind;
  adviceLevel: AdviceLevel;
  nameFr: string;
  nameAr: string;
  needsValidation: boolean;
  defaultPriority: Priority;
  defaultConfidentiality: Confidentiality;
  deadlines: LegalDeadline[];
  active: boolean;
}

export interface HubRow {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  status: string;
  isNational: boolean;
  seatCode: string | null;
  phone: string | null;
  callbackPhone: string | null;
  email: string | null;
  languages: string[];
  calendarId: string;
  version: number;
  /** What its page looks like; the picture itself is read when it is asked for. */
  branding: { accent?: string; greetingFr?: string | null; greetingAr?: string | null; hasLogo: boolean };
}

export interface QueueRow {
  id: string;
  hubId: string;
  code: string;
  kind: Kind | null;
  nameFr: string;
  nameAr: string;
}

/** A policy as published, with the version that clocks keep. */
export interface PublishedPolicy extends PolicyDefinition {
  policyId: string;
  versionId: string;
  hubId: string | null;
}

export interface PublishedCalendar {
  calendarId: string;
  versionId: string;
  definition: CalendarDefinition;
  calendar: BusinessCalendar;
}

export interface ReasonOption {
  code: string;
  fr: string;
  ar: string;
  pausesClock?: boolean;
}

/** One consistent copy of the reference data, kept in memory because every creation and every list needs it. */
export interface ReferenceCopy {
  version: string;
  places: Map<string, PlaceRow>;
  categories: Map<string, CategoryRow>;
  hubs: Map<string, HubRow>;
  nationalHubId: string;
  /** Who manages each hub, by its id. */
  managers: Map<string, HubManager>;
  territories: TerritoryRow[];
  queues: QueueRow[];
  rules: Map<string, RoutingRule[]>;
  /** Latest versions of the active policies; at one position a hub's own comes before the programme's. */
  policies: PublishedPolicy[];
  /** All, by version id. */
  policyVersions: Map<string, PolicyDefinition>;
  /** Latest by calendar id. */
  calendars: Map<string, PublishedCalendar>;
  /** All, by version id: a clock keeps the one that applied. */
  calendarVersions: Map<string, PublishedCalendar>;
  settings: Map<string, unknown>;
}

const CHECK_EVERY_MS = 1_000;

@Injectable()
export class ReferenceData implements OnModuleInit, OnApplicationShutdown {
  private copy: ReferenceCopy;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly db: TenantDb,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.timer = setInterval(() => void this.reloadIfChanged(), CHECK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  get current(): ReferenceCopy {
    return this.copy;
  }

  place(code: string): PlaceRow {
    const place = this.copy.places.get(code);
    if (!place) throw Refusal.field('/placeCode', 'unknown', 'This place is not known.');
    return place;
  }

  /** A leaf that tickets may use. */
  category(code: string): CategoryRow {
    const category = this.copy.categories.get(code);
    if (!category?.parentCode || !category.active)
      throw Refusal.field('/categoryCode', 'unknown', 'This category is not known.');
    return category;
  }

  /** That of a ticket: one that is no longer given to new ones holds for those that have it. */
  categoryOf(code: string): CategoryRow {
    const category = this.copy.categories.get(code);
    if (!category) throw Refusal.field('/categoryCode', 'unknown', 'This category is not known.');
    return category;
  }

  hub(id: string): HubRow {
    const hub = this.copy.hubs.get(id);
    if (!hub) throw new Refusal('not_found', 'Not found.');
    return hub;
  }

  /** The hub that answers for a place at an instant. */
  hubFor(placeCode: string, at: Date): PlaceChoice {
    return chooseHub(this.copy.territories, this.place(placeCode), localParts(at).date, this.copy.nationalHubId);
  }

  calendarOf(hubId: string): PublishedCalendar {
    return this.copy.calendars.get(this.hub(hubId).calendarId)!;
  }

  reasons(setting: 'hold_reasons' | 'escalation_reasons'): ReasonOption[] {
    return (this.copy.settings.get(setting) as ReasonOption[] | undefined) ?? [];
  }

  legalNotice(language: 'fr' | 'ar'): string {
    return (this.copy.settings.get('legal_notice') as { fr: string; ar: string })[language];
  }

  async reload(): Promise<void> {
    this.copy = await this.db.system(readAll);
  }

  private async reloadIfChanged(): Promise<void> {
    try {
      const [row] = await this.db.system((tx) =>
        tx.query<{ version: string }>('reference-version', 'select version from reference_version'),
      );
      if (row.version !== this.copy.version) await this.reload();
    } catch (error) {
      this.log.warn({ err: (error as Error).message }, 'reference data could not be checked');
    }
  }
}

async function readAll(tx: TenantTx): Promise<ReferenceCopy> {
  const [{ version }] = await tx.sql<{ version: string }>('select version from reference_version');
  const places = await tx.sql<PlaceRow>(
    'select code, parent_code as "parentCode", kind, name_fr as "nameFr", name_ar as "nameAr" from place order by code',
  );
  const categories = await tx.sql<CategoryRow>(`
    select code, parent_code as "parentCode", kind, advice_level as "adviceLevel", name_fr as "nameFr", name_ar as "nameAr",
      needs_validation as "needsValidation", default_priority as "defaultPriority", default_confidentiality as "defaultConfidentiality", deadlines, active
    from category order by code`);
  const hubs = await tx.sql<HubRow>(`
    select id, code, name_fr as "nameFr", name_ar as "nameAr", status, is_national as "isNational", seat_code as "seatCode", phone,
      callback_phone as "callbackPhone", email, languages, calendar_id as "calendarId", version,
      (branding - 'logo') || jsonb_build_object('hasLogo', coalesce(jsonb_typeof(branding->'logo') = 'object', false)) as branding
    from hub order by code`);
  const queues = await tx.sql<QueueRow>(
    'select id, hub_id as "hubId", code, kind, name_fr as "nameFr", name_ar as "nameAr" from queue order by hub_id, code',
  );
  const settings = await tx.sql<{ key: string; value: unknown }>('select key, value from setting');
  return {
    version,
    places: new Map(places.map((row) => [row.code, row])),
    categories: new Map(categories.map((row) => [row.code, row])),
    hubs: new Map(hubs.map((row) => [row.id, row])),
    nationalHubId: hubs.find((row) => row.isNational)?.id ?? '',
    managers: await readManagers(tx),
    territories: await readTerritories(tx),
    queues,
    rules: await readRules(tx),
    policies: await readPolicies(tx),
    policyVersions: await readPolicyVersions(tx),
    ...(await readCalendars(tx)),
    settings: new Map(settings.map((row) => [row.key, row.value])),
  };
}

async function readManagers(tx: TenantTx): Promise<Map<string, HubManager>> {
  const rows = await tx.sql<HubManager & { id: string }>(
    'select id, managing_association_id as "associationId", managing_name_fr as "nameFr", managing_name_ar as "nameAr" from hub',
  );
  return new Map(rows.map(({ id, ...manager }) => [id, manager]));
}

function readTerritories(tx: TenantTx): Promise<TerritoryRow[]> {
  return tx.sql<TerritoryRow>(`
    select place_code as "placeCode", hub_id as "hubId", role, coalesce(lower(valid), '-infinity')::text as "from", upper(valid)::text as "to"
    from territory order by place_code, valid`);
}

async function readRules(tx: TenantTx): Promise<Map<string, RoutingRule[]>> {
  const rows = await tx.sql<RoutingRule & { hubId: string }>(`
    select id, hub_id as "hubId", version, position, conditions, queue_code as "queueCode", required_skills as "requiredSkills",
      reason_fr as "reasonFr", reason_ar as "reasonAr" from routing_rule order by hub_id, position`);
  const byHub = new Map<string, RoutingRule[]>();
  for (const row of rows) byHub.set(row.hubId, [...(byHub.get(row.hubId) ?? []), row]);
  return byHub;
}

/** Straight from the database, for those who change them. */
export async function readPolicies(tx: TenantTx): Promise<PublishedPolicy[]> {
  const rows = await tx.sql<{
    policyId: string;
    versionId: string;
    hubId: string | null;
    position: number;
    definition: PolicyDefinition;
  }>(`
    select distinct on (p.hub_id, p.id) p.id as "policyId", v.id as "versionId", p.hub_id as "hubId", p.position, v.definition
    from sla_policy p join sla_policy_version v on v.policy_id = p.id where p.active order by p.hub_id nulls last, p.id, v.version desc`);
  return rows.map(({ definition, ...row }) => ({ ...definition, ...row }));
}

async function readPolicyVersions(tx: TenantTx): Promise<Map<string, PolicyDefinition>> {
  const rows = await tx.sql<{ id: string; definition: PolicyDefinition }>(
    'select id, definition from sla_policy_version',
  );
  return new Map(rows.map((row) => [row.id, row.definition]));
}

async function readCalendars(tx: TenantTx): Promise<Pick<ReferenceCopy, 'calendars' | 'calendarVersions'>> {
  const rows = await tx.sql<{ calendarId: string; versionId: string; definition: CalendarDefinition }>(
    'select calendar_id as "calendarId", id as "versionId", definition from calendar_version order by calendar_id, version',
  );
  const published = rows.map((row) => ({ ...row, calendar: compileCalendar(row.definition) }));
  return {
    calendars: new Map(published.map((row) => [row.calendarId, row])),
    calendarVersions: new Map(published.map((row) => [row.versionId, row])),
  };
}
