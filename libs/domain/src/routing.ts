import type { Status } from './ticket';

/** A place answered by a hub for some local days; `to` is exclusive, null = until further notice. */
export interface TerritoryRow {
  placeCode: string;
  hubId: string;
  role: 'managing' | 'interim';
  from: string;
  to: string | null;
}

export interface HubChoice {
  hubId: string;
  reason: 'managing' | 'interim' | 'national';
  placeCode: string;
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
): HubChoice {
  const valid = (code: string | null) =>
    rows.find((row) => row.placeCode === code && row.from <= day && (row.to === null || day < row.to));
  const row = valid(place.code) ?? valid(place.parentCode);
  if (!row) return { hubId: nationalHubId, reason: 'national', placeCode: place.code };
  return { hubId: row.hubId, reason: row.role, placeCode: row.placeCode };
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

/**
 * The agent with the least open tickets among those who write the answer's language (and are cleared when the ticket
 * is restricted); equal loads go to the one who has waited longest. Null when nobody qualifies: the ticket waits.
 */
export function leastLoaded(
  agents: readonly AgentLoad[],
  ticket: { answerLanguage: string; restricted: boolean; excluded?: readonly string[] },
): AgentLoad | null {
  const eligible = agents.filter(
    (agent) =>
      agent.languages.includes(ticket.answerLanguage) &&
      (!ticket.restricted || agent.cleared) &&
      !ticket.excluded?.includes(agent.accountId),
  );
  return eligible.reduce<AgentLoad | null>(
    (best, agent) => (best === null || lighter(agent, best) ? agent : best),
    null,
  );
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
