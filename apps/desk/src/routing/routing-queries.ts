import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type RuleSetView = Schemas['RuleSetView'];
export type RuleDraft = Schemas['RuleBody'];
export type DryRun = Schemas['DryRunView'];
export type Queue = Schemas['QueueView'];
export type Skill = Schemas['SkillView'];
export type AgentSkills = Schemas['AgentSkillsView'];
export type Reason = Schemas['PresenceReasonView'];

const at = (id: string) => ({ params: { path: { id } } });

export const rulesQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['routing', hubId, 'rules'],
    queryFn: () => call(api.GET('/api/v1/hubs/{id}/routing-rules', at(hubId))),
  });

export const ruleVersionsQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['routing', hubId, 'versions'],
    queryFn: () => call(api.GET('/api/v1/hubs/{id}/routing-rules/versions', at(hubId))),
  });

export const queuesQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['routing', hubId, 'queues'],
    queryFn: async () => (await call(api.GET('/api/v1/hubs/{id}/queues', at(hubId)))).items,
  });

export const modeQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['routing', hubId, 'mode'],
    queryFn: () => call(api.GET('/api/v1/hubs/{id}/assignment-mode', at(hubId))),
  });

export const presenceReasonsQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['routing', hubId, 'reasons'],
    queryFn: async () => (await call(api.GET('/api/v1/hubs/{id}/presence-reasons', at(hubId)))).items,
  });

/** What waits in the own hub, with the queue it waits in. */
export const waitingQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['routing', hubId, 'waiting'],
    queryFn: async () => (await call(api.GET('/api/v1/hubs/{id}/waiting', at(hubId)))).items,
  });
