import type { Planned } from './agent-plan';
import type { Presence } from './presence';

export interface TimeSpan {
  from: Date;
  to: Date;
}

export interface PresenceSpan extends TimeSpan {
  presence: Presence;
  /** Of the reason of an absence; null without one. */
  productive: boolean | null;
}

/** What is known of one person's time; spans of a kind may overlap, presences do not. */
export interface AgentTimeSource {
  presences: readonly PresenceSpan[];
  /** Work in hand, wrap-up and calls included. */
  hands: readonly TimeSpan[];
  /** Offers that were not decided yet. */
  rings: readonly TimeSpan[];
  plan: readonly (TimeSpan & { what: Planned })[];
}

/** What somebody who is there does; `off`: is not there. */
export const DOINGS = ['handle', 'ring', 'idle', 'paused', 'off'] as const;
export type Doing = (typeof DOINGS)[number];

/** A stretch in which nothing changes. */
export interface Stretch extends TimeSpan {
  presence: Presence;
  doing: Doing;
  planned: Planned | null;
  /** Productive: at work in the sense of the plan, whatever it is; a rest after a hard call is none of the person's faults. */
  productive: boolean;
  asPlanned: boolean;
}

/**
 * A person's time between two instants as stretches without gap or overlap, cut where what the person does changes, and at `cuts`. Work in hand
 * counts while the person is there, so that a ticket that is kept overnight is not worked on overnight; a pause begins after it.
 */
export function stretchesOf(source: AgentTimeSource, range: TimeSpan, cuts: readonly Date[] = []): Stretch[] {
  const all = [source.presences, source.hands, source.rings, source.plan].flat();
  const inside = (at: number): boolean => at > range.from.getTime() && at < range.to.getTime();
  const edges = [...all.flatMap(({ from, to }) => [from.getTime(), to.getTime()]), ...cuts.map((cut) => cut.getTime())];
  const marks = [...new Set([range.from.getTime(), ...edges.filter(inside), range.to.getTime()])].sort((a, b) => a - b);
  const [presenceAt, handAt, ringAt, planAt] = [
    pointer(source.presences),
    pointer(source.hands),
    pointer(source.rings),
    pointer(source.plan),
  ];
  const atCut = new Set(cuts.map((cut) => cut.getTime()));
  const stretches: Stretch[] = [];
  marks.slice(0, -1).forEach((mark, i) => {
    const planned = planAt(mark)?.what ?? null;
    const one = stateOf(presenceAt(mark), handAt(mark) !== undefined, ringAt(mark) !== undefined);
    if (one.doing === 'off' && planned === null) return;
    const to = new Date(marks[i + 1]);
    const last = stretches.at(-1);
    if (last?.to.getTime() === mark && !atCut.has(mark) && isSame(last, { ...one, planned })) last.to = to;
    else stretches.push({ ...one, planned, asPlanned: isAsPlanned(one, planned), from: new Date(mark), to });
  });
  return stretches;
}

type State = Pick<Stretch, 'presence' | 'doing' | 'productive'>;

const isSame = (a: State & Pick<Stretch, 'planned'>, b: State & Pick<Stretch, 'planned'>): boolean =>
  a.presence === b.presence && a.doing === b.doing && a.productive === b.productive && a.planned === b.planned;

/** Whoever is gone rests as well as whoever says so. */
const isAsPlanned = ({ doing, productive }: State, planned: Planned | null): boolean =>
  planned === 'work' ? productive : planned === 'break' && (doing === 'off' || !productive);

/** Finds a span that holds an instant; the instants come in order. Of spans that overlap, any of those that last. */
function pointer<Span extends TimeSpan>(spans: readonly Span[]): (at: number) => Span | undefined {
  const sorted = [...spans].sort((a, b) => a.from.getTime() - b.from.getTime());
  let next = 0;
  let current: Span | undefined;
  return (at) => {
    for (; next < sorted.length && sorted[next].from.getTime() <= at; next++) {
      if (!current || sorted[next].to > current.to) current = sorted[next];
    }
    return current && current.to.getTime() > at ? current : undefined;
  };
}

/** Presences in which nothing is asked of somebody, but which are work. */
const AT_WORK: readonly Presence[] = ['available', 'training', 'meeting', 'recovery'];

function stateOf(present: PresenceSpan | undefined, inHand: boolean, rings: boolean): State {
  const presence = present?.presence ?? 'offline';
  if (presence === 'offline' || presence === 'disconnected') return { presence, doing: 'off', productive: false };
  const productive = inHand || AT_WORK.includes(presence) || present?.productive === true;
  return { presence, doing: inHand ? 'handle' : freeDoing(presence, rings), productive };
}

function freeDoing(presence: Presence, rings: boolean): Doing {
  if (presence !== 'available') return 'paused';
  return rings ? 'ring' : 'idle';
}
