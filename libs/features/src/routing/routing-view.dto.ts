import type { SkillType } from '@app/domain/hub';
import type { Kind } from '@app/domain/ticket';
import type { AssignmentMode } from '@app/domain/work/assignment-mode';

export class RuleConditionView {
  /** One of work_kind, kind, category, channel, language, priority, confidentiality. */
  field: string;
  op: 'in';
  values: string[];
}

export class SkillDemandView {
  /** `@category`: the skill of the ticket's category. */
  skill: string;
  level: number;
}

export class RuleView {
  id: string;
  /** Counts the changes of this rule. */
  version: number;
  position: number;
  conditions: RuleConditionView[];
  queueCode: string;
  requiredSkills: SkillDemandView[];
  reasonFr: string;
  reasonAr: string;
}

/** The rules of a hub, in the order in which they are asked; the first that holds decides. */
export class RuleSetView {
  hubId: string;
  /** Of the whole set; its ETag. */
  version: number;
  publishedAt: Date | null;
  rules: RuleView[];
}

export class RuleSetVersionView {
  version: number;
  publishedAt: Date;
  publishedBy: string | null;
  rules: RuleView[];
  /** Waiting tickets that it sent elsewhere, or asked other skills of. */
  rerouted: number;
  /** When all that waited had followed; null while it goes on. */
  reroutedAt: Date | null;
}

export class RuleSetVersionList {
  /** The newest 50. */
  items: RuleSetVersionView[];
}

export class RuleOutcomeView {
  queueCode: string;
  position: number;
  requiredSkills: SkillDemandView[];
}

export class TouchedGroupView {
  categoryCode: string;
  channel: string;
  language: string;
  priority: string;
  confidentiality: string;
  tickets: number;
  before: RuleOutcomeView | null;
  after: RuleOutcomeView | null;
}

export class TouchedTicketView {
  id: string;
  reference: string;
  categoryCode: string;
  openedAt: Date;
  before: RuleOutcomeView | null;
  after: RuleOutcomeView | null;
}

export class DryRunView {
  hubId: string;
  from: Date;
  to: Date;
  /** Tickets of these days. */
  tickets: number;
  /** Those that would have gone elsewhere, or asked for other skills. */
  touched: number;
  /** By what rules look at, most tickets first; at most 50. */
  groups: TouchedGroupView[];
  /** The newest of them, at most 50; absent for the programme, which sees no tickets. */
  items?: TouchedTicketView[];
}

export class RelaxationTimesView {
  /** Percent of the longest wait; null: never. */
  lower_level: number | null;
  neighbour: number | null;
  callback: number | null;
}

export class QueueRelaxationView {
  /** Percent of the longest wait; null: never; absent: as the programme says. */
  lower_level?: number | null;
  neighbour?: number | null;
  callback?: number | null;
}

export class RelaxationView {
  relaxation: RelaxationTimesView;
  /** 0 until something was set. */
  version: number;
}

export class QueueView {
  id: string;
  hubId: string;
  code: string;
  kind: Kind | null;
  nameFr: string;
  nameAr: string;
  /** Points that its work takes of an agent's 100. */
  capacityCost: number | null;
  offerTimeoutSeconds: number | null;
  maxWaitSeconds: number | null;
  wrapUpSeconds: number | null;
  /** After which part of the longest wait each step opens, in percent; null: as the programme says. */
  relaxation: QueueRelaxationView | null;
  /** Where what waits too long goes over to. */
  overflowCode: string | null;
  overflowAfterSeconds: number | null;
  version: number;
}

export class QueueViewList {
  items: QueueView[];
}

export class SkillView {
  code: string;
  type: SkillType;
  nameFr: string;
  nameAr: string;
  levels: number[];
  /** First parts of the categories that it serves. */
  categoryPrefixes: string[];
}

export class SkillList {
  items: SkillView[];
}

export class AgentSkillsView {
  accountId: string;
  name: string;
  skills: SkillDemandView[];
  version: number;
}

export class AgentSkillsList {
  items: AgentSkillsView[];
}

export class AssignmentModeView {
  hubId: string;
  /** `offers`: to those who are available; `least_load`: given at once. */
  mode: AssignmentMode;
  /** Whether the hub follows the national default. */
  inherited: boolean;
}
