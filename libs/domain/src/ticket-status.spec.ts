import { STATUSES, type Status } from './ticket';
import {
  afterRequesterMessage,
  checkTransition,
  endsResolution,
  isOpen,
  mayReopen,
  nextStatuses,
  pausesResolution,
  type StatusActor,
} from './ticket-status';

/** Who may choose what, written out: s staff, r requester, a the rules (automatic), - nobody. `answered` comes with a reply only. */
const TABLE = `
  from      new open pending on_hold answered resolved closed
  new       -   sa   s       s       -        sr       -
  open      -   -    s       s       -        sr       -
  pending   -   s    -       s       -        sra      -
  on_hold   -   s    s       -       -        sr       -
  answered  -   s    s       s       -        sra      -
  resolved  -   s    -       -       -        -        sa
  closed    -   s    -       -       -        -        -`;
const LETTER: Record<StatusActor, string> = { staff: 's', requester: 'r', system: 'a' };

const lines = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const [, ...columns] = lines[0] as [string, ...Status[]];
const cells = lines.slice(1).flatMap(([from, ...who]) =>
  columns.flatMap((to, at) =>
    (Object.keys(LETTER) as StatusActor[]).map((by) => ({
      from: from as Status,
      to,
      by,
      allowed: who[at].includes(LETTER[by]),
    })),
  ),
);

it('the table names every status', () => {
  expect(columns).toEqual([...STATUSES]);
  expect(lines.slice(1).map(([from]) => from)).toEqual([...STATUSES]);
});

it.each(cells)('$by: $from to $to: $allowed', ({ from, to, by, allowed }) => {
  expect(nextStatuses(from, by).includes(to)).toBe(allowed);
  const reason = to === 'on_hold' ? 'authority' : null;
  if (allowed) expect(() => checkTransition(from, to, by, reason)).not.toThrow();
  else
    expect(() => checkTransition(from, to, by, reason)).toThrow(
      expect.objectContaining({ code: 'status_not_allowed' }),
    );
});

it('on_hold needs a reason, and only on_hold takes one', () => {
  for (const empty of [null, '']) {
    expect(() => checkTransition('open', 'on_hold', 'staff', empty)).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    );
  }
  expect(() => checkTransition('open', 'pending', 'staff', 'authority')).toThrow(
    expect.objectContaining({ code: 'validation_failed' }),
  );
});

it('says what is open, what pauses and what ends', () => {
  const which = (test: (status: Status) => boolean): Status[] => STATUSES.filter(test);
  expect(which(isOpen)).toEqual(['new', 'open', 'pending', 'on_hold', 'answered']);
  expect(which((one) => pausesResolution(one, true))).toEqual(['pending', 'on_hold', 'answered']);
  expect(which((one) => pausesResolution(one, false))).toEqual(['pending', 'answered']);
  expect(which(endsResolution)).toEqual(['resolved', 'closed']);
});

it('a message of the association brings the ticket back to us', () => {
  expect(afterRequesterMessage()).toBe('open');
});

it('a closed ticket reopens up to the 30th day, to the millisecond', () => {
  const closed = new Date('2026-11-01T10:00:00.000Z');
  const later = (ms: number): Date => new Date(closed.getTime() + ms);
  const days30 = 30 * 86_400_000;
  expect(mayReopen(null, closed)).toBe(true);
  expect(mayReopen(closed, closed)).toBe(true);
  expect(mayReopen(closed, later(days30))).toBe(true);
  expect(mayReopen(closed, later(days30 + 1))).toBe(false);
});
