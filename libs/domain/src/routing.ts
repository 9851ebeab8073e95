import type { Status } from './ticket';
import type { ChoiceReason, WaitReason } from './work/reasons';

/** A place answered by a hub for some local days; `to` is exclusive, null = until further notice. */
export interface TerritoryRow {
  placeCode: string;
  hubId: string;
  role: 'managing' | 'interim';
  from: string;
  to: string | null;
}

/** `conflict`: the hub of the place is managed by the association that asks. */
export const HUB_REASONS = ['managing', 'interim', 'national', 'conflict'] as const;
export type HubReason = (typeof HUB_REASONS)[number];

export interface HubChoice {
  hubId: string;
  reason: HubReason;
  placeCode: string;
}

/** The hub that answers for a place, whoever asks. */
export interface PlaceChoice extends HubChoice {
  reason: Exclude<HubReason, 'conflict'>;
}

/**
 * The hub that answers for a place on a local day (`YYYY-MM-DD`): the province's row wins over the region's;
 * without a row the national hub answers, so the result always exists. Same rule as answering_hub() in the database.
 */
export function chooseHub(
  rows: readonly TerritoryRow[],
  place: { code: string; parentCode: string | null },
  day: string,
  nationalHubId: string,
): PlaceChoice {
  const valid = (code: string | null) =>
    rows.find((row) => row.placeCode === code && row.from <= day && (row.to === null || day < row.to));
  const row = valid(place.code) ?? valid(place.parentCode);
  if (!row) return { hubId: nationalHubId, reason: 'national', placeCode: place.code };
  return { hubId: row.hubId, reason: row.role, placeCode: row.placeCode };
}

/** Which association manages a hub: by id where it is known, else by its names. */
export interface HubManager {
  associationId: string | null;
  nameFr: string | null;
  nameAr: string | null;
}

/** Whether the association manages the hub; a name counts only while the hub names no id. */
export function isManagedBy(
  manager: HubManager | undefined,
  association: { id: string | null; nameFr: string | null; nameAr: string | null },
): boolean {
  if (!manager || association.id === null) return false;
  if (manager.associationId !== null) return manager.associationId === association.id;
  const same = (a: string | null, b: string | null): boolean => a !== null && b !== null && a.trim() === b.trim();
  return same(manager.nameFr, association.nameFr) || same(manager.nameAr, association.nameAr);
}

/**
 * A hub never handles a case about the association that manages it: the first of `others` (the national hub, then neighbours) that is
 * not in conflict as well answers instead. Without one the choice stands: a ticket is never visible to nobody.
 */
export function awayFromConflict(
  choice: HubChoice,
  inConflict: (hubId: string) => boolean,
  others: readonly string[],
): HubChoice {
  if (!inConflict(choice.hubId)) return choice;
  const other = others.find((hubId) => hubId !== choice.hubId && !inConflict(hubId));
  return other === undefined ? choice : { ...choice, hubId: other, reason: 'conflict' };
}

/** One condition of a rule: the fact named must be among the values. */
export interface RuleCondition {
  field: string;
  op: 'in';
  values: readonly unknown[];
}

export interface RoutingRule {
  id: string;
  version: number;
  position: number;
  conditions: readonly RuleCondition[];
  queueCode: string;
  requiredSkills: readonly { skill: string; level: number }[];
  reasonFr: string;
  reasonAr: string;
}

export interface RoutingFacts {
  work_kind: 'ticket' | 'call' | 'callback' | 'voicemail';
  kind: string;
  category: string;
  channel: string;
  language: string;
  priority: string;
  confidentiality: string;
}

/** First rule, by position, whose conditions all hold; null when none does (a hub's last rule has no condition). */
export function chooseRule(rules: readonly RoutingRule[], facts: RoutingFacts): RoutingRule | null {
  const ordered = [...rules].sort((a, b) => a.position - b.position);
  return (
    ordered.find((rule) => rule.conditions.every((c) => c.values.includes(facts[c.field as keyof RoutingFacts]))) ??
    null
  );
}

const HUB_REASON = {
  managing: { fr: 'Pôle de la région', ar: 'قطب الجهة' },
  interim: { fr: 'Pôle intérimaire de la région', ar: 'القطب المكلف مؤقتا بالجهة' },
  conflict: {
    fr: 'Le pôle de la région est géré par cette association : un autre pôle répond',
    ar: 'هذه الجمعية هي التي تدبر قطب الجهة: يجيب قطب آخر',
  },
  national: { fr: 'Aucun pôle en service dans la région : pôle national', ar: 'لا قطب عامل بالجهة: القطب الوطني' },
} as const;

/** The decision in words that a supervisor understands, in both languages. */
export function routingReason(
  hub: HubChoice['reason'],
  rule: { reasonFr: string; reasonAr: string },
): { fr: string; ar: string } {
  return { fr: `${HUB_REASON[hub].fr} ; ${rule.reasonFr}`, ar: `${HUB_REASON[hub].ar}؛ ${rule.reasonAr}` };
}

/** An agent who may be given a ticket. */
export interface AgentLoad {
  accountId: string;
  languages: readonly string[];
  cleared: boolean;
  openTickets: number;
  lastAssignedAt: number;
}

/** Whom a ticket goes to and why, or why it waits. */
export type LoadChoice<Agent extends AgentLoad> =
  { agent: Agent; why: ChoiceReason } | { agent: null; why: WaitReason; missingSkills: string[] };

/**
 * The agent with the least open tickets among those who write the answer's language (and are cleared when the ticket
 * is restricted); equal loads go to the one who has waited longest. Nobody when nobody qualifies: the ticket waits.
 */
export function leastLoaded<Agent extends AgentLoad>(
  agents: readonly Agent[],
  ticket: { answerLanguage: string; restricted: boolean; excluded?: readonly string[] },
): LoadChoice<Agent> {
  const waits = (why: WaitReason, missingSkills: string[] = []) => ({ agent: null, why, missingSkills });
  if (agents.length === 0) return waits('nobody_present');
  const free = agents.filter((agent) => !ticket.excluded?.includes(agent.accountId));
  if (free.length === 0) return waits('in_conflict');
  const writes = free.filter((agent) => agent.languages.includes(ticket.answerLanguage));
  if (writes.length === 0) return waits('missing_skill', [ticket.answerLanguage]);
  const eligible = writes.filter((agent) => !ticket.restricted || agent.cleared);
  if (eligible.length === 0) return waits('missing_skill', ['restricted']);
  const agent = eligible.reduce((best, one) => (lighter(one, best) ? one : best));
  if (eligible.length === 1) return { agent, why: 'only_one' };
  const equals = eligible.some((one) => one !== agent && one.openTickets === agent.openTickets);
  return { agent, why: equals ? 'longest_idle' : 'least_work' };
}

function lighter(a: AgentLoad, b: AgentLoad): boolean {
  if (a.openTickets !== b.openTickets) return a.openTickets < b.openTickets;
  if (a.lastAssignedAt !== b.lastAssignedAt) return a.lastAssignedAt < b.lastAssignedAt;
  return a.accountId < b.accountId;
}

/** Statuses in which a ticket may be given to somebody by the dispatcher. */
export function isAssignable(status: Status): boolean {
  return status === 'new' || status === 'open';
}
