import type { ReplyOutcome } from '@app/domain/ticket-status';
import type { Status } from '@app/domain/ticket';
import type { EscalationLevel } from '@app/features/tickets/ticket-escalation';
import type { SeededRandom } from './seeded-random';

/** What somebody does with a ticket. */
export type Deed =
  | { do: 'reply'; outcome: ReplyOutcome; text: 'answer' | 'ask_back' | 'last_word' | 'out_of_scope' }
  /** The association writes again. */
  | { do: 'follow_up' }
  | { do: 'note' }
  | { do: 'status'; to: Status; reason: string | null }
  /** The association says that it is settled. */
  | { do: 'settled' }
  | { do: 'escalate'; to: EscalationLevel; reason: string }
  /** Back into the queue: nobody has it. */
  | { do: 'put_back' };

/** Deeds after some opening minutes since the creation. */
export type Course = readonly (readonly [minutes: number, deed: Deed])[];

const answer = (outcome: ReplyOutcome): Deed => ({ do: 'reply', outcome, text: 'answer' });
const askBack: Deed = { do: 'reply', outcome: 'pending', text: 'ask_back' };
const lastWord: Deed = { do: 'reply', outcome: 'resolved', text: 'last_word' };
const closed: Deed = { do: 'status', to: 'closed', reason: null };
const hold = (reason: string): Deed => ({ do: 'status', to: 'on_hold', reason });
const escalate = (to: EscalationLevel, reason: string): Deed => ({ do: 'escalate', to, reason });

const COURSES: readonly (readonly [weight: number, course: Course])[] = [
  [8, [[70, answer('answered')]]],
  [
    6,
    [
      [45, { do: 'note' }],
      [95, answer('answered')],
      [500, { do: 'settled' }],
    ],
  ],
  [
    5,
    [
      [60, answer('resolved')],
      [700, closed],
    ],
  ],
  [6, [[80, askBack]]],
  [
    6,
    [
      [50, askBack],
      [320, { do: 'follow_up' }],
      [460, answer('answered')],
      [900, lastWord],
    ],
  ],
  [
    4,
    [
      [90, answer('answered')],
      [400, { do: 'follow_up' }],
      [520, answer('answered')],
    ],
  ],
  [
    3,
    [
      [90, answer('answered')],
      [650, { do: 'follow_up' }],
    ],
  ],
  [
    3,
    [
      [40, { do: 'note' }],
      [110, hold('authority')],
    ],
  ],
  [
    2,
    [
      [100, answer('answered')],
      [240, hold('event')],
      [800, { do: 'status', to: 'open', reason: null }],
      [860, lastWord],
    ],
  ],
  // Late ones.
  [4, [[640, answer('answered')]]],
  [4, [[30, { do: 'note' }]]],
  [
    2,
    [
      [560, { do: 'note' }],
      [900, answer('resolved')],
    ],
  ],
  // The next level takes over.
  [
    3,
    [
      [60, { do: 'note' }],
      [120, escalate('expert', 'complexity')],
      [300, answer('answered')],
    ],
  ],
  [
    2,
    [
      [200, escalate('supervisor', 'complaint')],
      [260, answer('answered')],
    ],
  ],
  [
    2,
    [
      [150, escalate('national', 'no_skill')],
      [420, answer('answered')],
    ],
  ],
  [
    2,
    [
      [90, { do: 'note' }],
      [150, { do: 'put_back' }],
    ],
  ],
];

/** One of the usual courses, its minutes varied by a fifth. */
export function someCourse(random: SeededRandom): Course {
  const total = COURSES.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * total;
  const [, course] = COURSES.find(([weight]) => (left -= weight) < 0) ?? COURSES[0];
  const pace = 0.8 + random.next() * 0.4;
  return course.map(([minutes, deed]) => [Math.round(minutes * pace), deed]);
}

/** Nobody does anything: the ticket waits. */
export const NOTHING: Course = [];

/** A threat to a person is not left lying. */
export const IN_DANGER: Course = [
  [3, escalate('supervisor', 'person_in_danger')],
  [9, { do: 'reply', outcome: 'answered', text: 'answer' }],
  [15, { do: 'note' }],
];

export const NOT_OURS: Course = [
  [35, { do: 'reply', outcome: 'resolved', text: 'out_of_scope' }],
  [60, closed],
];

export const escalated = (to: EscalationLevel, reason: string): Course => [
  [40, { do: 'note' }],
  [70, escalate(to, reason)],
  [110, answer('answered')],
];
