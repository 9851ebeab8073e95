import type { ReactNode } from 'react';
import { localTime, longDateTimeText, longDuration, shortDuration } from './dates';
import { t } from './i18n';
import { slaState, type SlaClock, type SlaState } from './sla-state';
import { useNow } from './clock';

const RING = <circle cx="6" cy="6" r="4.2" opacity=".45" />;
/** A shape for each state, so that colour is never alone. Clocks are not mirrored. */
const ICONS: Record<SlaState, ReactNode> = {
  calm: <circle cx="6" cy="6" r="4.2" />,
  soon: [RING, <path key="arc" d="M6 1.8a4.2 4.2 0 0 1 0 8.4" />],
  urgent: [RING, <path key="arc" d="M6 1.8a4.2 4.2 0 0 1 4.2 4.2" />],
  late: <path d="M6 1.6 11 10.4H1zM6 5v2.4M6 9v.1" />,
  paused: <path d="M4 2.8v6.4M8 2.8v6.4" />,
  met: <path d="M2 6.4 5 9.2l5-6.4" />,
};

interface SlaChipProps {
  clock: SlaClock;
  /** Shown instead of the time while paused. */
  pausedText?: string;
}

/** The nearest promise of a ticket: icon, short time and the whole sentence for those who hear or hover. */
export function SlaChip({ clock, pausedText }: SlaChipProps) {
  const now = useNow();
  const state = slaState(clock, now);
  if (state === null) return null;
  const left = clock.dueAt === null ? 0 : Date.parse(clock.dueAt) - now;
  const counts = state !== 'paused' && state !== 'met';
  const sentence = sentenceOf(state, clock, left, now);
  return (
    <span className={`sla-chip sla-${state}`} title={sentence}>
      <svg className="i" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {ICONS[state]}
      </svg>
      <bdi aria-hidden="true">
        {state === 'late' ? '\u2212\u2060' : ''}
        {counts ? shortDuration(left) : state === 'paused' && pausedText ? pausedText : t(`ui.sla.${state}.short`)}
      </bdi>
      <span className="sr">{sentence}</span>
    </span>
  );
}

function sentenceOf(state: SlaState, clock: SlaClock, left: number, now: number): string {
  if (state === 'paused' || state === 'met' || clock.dueAt === null) return t(`ui.sla.${state}.sentence`);
  const due = longDateTimeText(localTime(clock.dueAt), localTime(now));
  return t(`ui.sla.${state === 'late' ? 'late' : 'due'}.sentence`, { time: longDuration(left), due });
}
