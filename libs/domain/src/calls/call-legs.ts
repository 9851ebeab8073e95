import { instantOf, type AgentRef, type CanonicalEvent, type Cause } from './canonical-event';

export const LEG_OUTCOMES = [
  'ringing',
  'answered',
  'no_answer',
  'busy',
  'rejected',
  'unreachable',
  'rescinded',
  'answered_elsewhere',
] as const;
export type LegOutcome = (typeof LEG_OUTCOMES)[number];

/** One time that somebody's telephone rang for a call, or that somebody had it in hand. */
export interface CallLeg {
  legId: string;
  agents: AgentRef[];
  offeredAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  outcome: LegOutcome;
  talkMs: number | null;
}

const FAILED: Partial<Record<Cause, LegOutcome>> = {
  busy: 'busy',
  rejected: 'rejected',
  absent: 'unreachable',
  notFound: 'unreachable',
  congestion: 'unreachable',
  answeredElsewhere: 'answered_elsewhere',
  cancel: 'rescinded',
};

/** The parts of a call towards people of ours: a leg of the provider's, else one for each person named. */
export function legsOf(
  events: readonly CanonicalEvent[],
  call: { answeredAt: number | null; endedAt: number | null },
): CallLeg[] {
  const groups = new Map<string, CanonicalEvent[]>();
  for (const event of events) {
    const id = legOf(event);
    if (id !== null) groups.set(id, [...(groups.get(id) ?? []), event]);
  }
  for (const event of events.filter((one) => one.type === 'call.ended')) groups.get(event.legId)?.push(event);
  // What names nobody is a channel of the system's own.
  const named = [...groups].filter(([, own]) => own.some((event) => event.agents.length > 0));
  return named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, own]) => leg(id, own, call));
}

function legOf(event: CanonicalEvent): string | null {
  if (event.type !== 'offer.ringing' && event.type !== 'offer.failed' && event.type !== 'call.answered') return null;
  if (event.legId !== event.rootId) return event.legId;
  const [agent] = event.agents;
  return agent ? `${agent.kind}:${agent.value}` : null;
}

function leg(legId: string, own: readonly CanonicalEvent[], call: Parameters<typeof legsOf>[1]): CallLeg {
  const answeredAt = firstAt(own, 'call.answered');
  const failed = own.filter((event) => event.type === 'offer.failed' || event.type === 'call.ended').at(-1);
  const endedAt = failed ? instantOf(failed) : call.endedAt;
  return {
    legId,
    agents: own.find((event) => event.agents.length > 0)?.agents ?? [],
    offeredAt: firstAt(own, 'offer.ringing') ?? rungSince(own, failed) ?? answeredAt,
    answeredAt,
    endedAt,
    outcome: answeredAt === null ? unanswered(failed, call) : 'answered',
    talkMs: answeredAt !== null && endedAt !== null ? Math.max(0, endedAt - answeredAt) : null,
  };
}

function firstAt(own: readonly CanonicalEvent[], type: CanonicalEvent['type']): number | null {
  const found = own.filter((event) => event.type === type).map(instantOf);
  return found.length > 0 ? Math.min(...found) : null;
}

/** A system that tells only of the end says how long it rang. */
function rungSince(own: readonly CanonicalEvent[], failed: CanonicalEvent | undefined): number | null {
  const ring = own.find((event) => event.durations?.ring)?.durations?.ring;
  return failed && ring ? instantOf(failed) - ring : null;
}

/** Rang and was not taken: by the cause when one is told, else by what became of the call. */
function unanswered(failed: CanonicalEvent | undefined, call: Parameters<typeof legsOf>[1]): LegOutcome {
  const told = failed?.cause && FAILED[failed.cause];
  if (told) return told;
  if (failed?.type === 'offer.failed' || failed?.cause === 'noAnswer') return 'no_answer';
  if (call.answeredAt !== null) return 'answered_elsewhere';
  return call.endedAt === null ? 'ringing' : 'rescinded';
}
