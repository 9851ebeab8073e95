import type { AgentRefKind, CallEventType, Provider } from '@app/domain/calls/canonical-event';
import { CallPersonView } from './call-view.dto';

export const TELEPHONY_LEVELS = ['L0', 'L1', 'L2', 'L3'] as const;
export type TelephonyLevel = (typeof TELEPHONY_LEVELS)[number];
export const DISTRIBUTIONS = ['pbx', 'ours'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

export class TelephonySettingsView {
  level: TelephonyLevel;
  /** Off unless switched on; even then a reference is kept with a consent only. */
  recording: boolean;
  serviceLevelSeconds: number;
  shortAbandonSeconds: number;
  callbackSlotMinutes: number;
  callbacksPerSlot: number;
  callbackAttempts: number;
  callbackRetryMinutes: number;
  /** A call without a word for so long is taken for lost. */
  lostAfterMinutes: number;
  version: number;
}

export class TelephonyQueueView {
  queueId: string;
  queueCode: string;
  /** Who brings calls and agents together, never both. */
  distribution: Distribution;
  /** Names of the queue in telephone systems. */
  refs: string[];
}

export class TelephonyAgentView {
  kind: AgentRefKind;
  value: string;
  agent: CallPersonView;
}

export class IntegrationView {
  id: string;
  name: string;
  provider: Provider;
  active: boolean;
  /** Addresses that may send; empty: all. */
  addresses: string[];
  /** A signature is demanded of each event. */
  signed: boolean;
  /** Fields in the query string are taken too. */
  query: boolean;
  /** Host and port of a system that is listened to. */
  host: string | null;
  port: number | null;
  username: string | null;
  /** Contexts in which outside lines arrive. */
  trunkContexts: string[];
  /** Callers who are turned away, in E.164. */
  blocked: string[];
  createdAt: Date;
  rotatedAt: Date | null;
  lastEventAt: Date | null;
  refused: number;
  lastRefusedAt: Date | null;
  lastRefusal: string | null;
  connectedAt: Date | null;
  connectionProblem: string | null;
  version: number;
}

export class TelephonyView {
  hubId: string;
  settings: TelephonySettingsView;
  integrations: IntegrationView[];
  queues: TelephonyQueueView[];
  agents: TelephonyAgentView[];
}

export class IntegrationSecretView extends IntegrationView {
  /** Shown once: only its hash is kept. */
  token: string;
  /** Where the telephone system sends its events. */
  address: string;
}

export class UnderstoodView {
  type: CallEventType;
  callId: string;
  from: string | null;
  to: string | null;
  fromE164: string | null;
  queueRef: string | null;
  agents: string[];
  cause: string | null;
  occurredAt: string | null;
}

/** What came from a telephone system, and what was understood of it. */
export class ReceivedEventView {
  id: string;
  receivedAt: Date;
  contentType: string;
  state: 'new' | 'done' | 'repeated' | 'ignored' | 'failed';
  problem: string | null;
  callId: string | null;
  understood: UnderstoodView[];
  /** The beginning of the body, numbers in full. */
  body: string;
}

export class ReceivedEventList {
  items: ReceivedEventView[];
}

export class MirrorEntry {
  kind: 'member' | 'caller';
  queueRef: string;
  key: string;
  state: Record<string, string>;
  seenAt: Date;
}

/** What the telephone system says of its queues and people now. */
export class MirrorView {
  items: MirrorEntry[];
}
