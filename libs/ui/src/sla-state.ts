export type SlaState = 'calm' | 'soon' | 'urgent' | 'late' | 'paused' | 'met';

/** What the API sends of a clock; the screen only subtracts. */
export interface SlaClock {
  state: 'running' | 'paused' | 'met' | 'cancelled';
  /** Null while the clock stands still. */
  dueAt: string | null;
  startedAt?: string;
  /** When it turns ochre and burnt orange; computed from the start when left out. */
  warnAt?: string | null;
  urgentAt?: string | null;
}

const URGENT_MS = 30 * 60_000;
const SOON_SHARE = 0.25;
const URGENT_SHARE = 0.1;

/** Null: nothing to show. Late begins at the due instant itself. */
export function slaState(clock: SlaClock, now: number): SlaState | null {
  if (clock.state === 'cancelled') return null;
  if (clock.state === 'met') return 'met';
  if (clock.state === 'paused' || clock.dueAt === null) return 'paused';
  const due = Date.parse(clock.dueAt);
  if (now >= due) return 'late';
  const { warnAt, urgentAt } = thresholds(clock, due);
  if (now >= urgentAt) return 'urgent';
  return now >= warnAt ? 'soon' : 'calm';
}

function thresholds({ startedAt, warnAt, urgentAt }: SlaClock, due: number): { warnAt: number; urgentAt: number } {
  const whole = startedAt ? due - Date.parse(startedAt) : 0;
  return {
    warnAt: warnAt ? Date.parse(warnAt) : due - Math.max(2 * URGENT_MS, whole * SOON_SHARE),
    urgentAt: urgentAt ? Date.parse(urgentAt) : due - Math.max(URGENT_MS, whole * URGENT_SHARE),
  };
}
