import fc from 'fast-check';
import { compileCalendar, isOpen } from '../business-hours';
import { dispatch } from '../work/dispatch';
import type { WaitingItem, WorkAgent } from '../work/candidates';
import { afterAttempt, ATTEMPT_OUTCOMES, firstSlot, mayDial, slotsFrom, type CallbackRules } from './callback-rules';

const DAY: [string, string][] = [
  ['08:30', '12:30'],
  ['13:00', '16:30'],
];
const CALENDAR = compileCalendar({
  zone: 'Africa/Casablanca',
  week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: [['08:30', '11:30']], sat: [], sun: [] },
  seasons: [],
  closures: [{ date: '2026-11-18', key: 'independence', nameFr: 'x', nameAr: 'x', status: 'confirmed' }],
  overrides: [],
});
const instants = fc
  .integer({ min: Date.parse('2026-11-02T00:00Z'), max: Date.parse('2026-11-30T00:00Z') })
  .map((ms) => new Date(ms));
const rules: fc.Arbitrary<CallbackRules> = fc.record({
  slotMinutes: fc.integer({ min: 15, max: 480 }),
  perSlot: fc.integer({ min: 1, max: 6 }),
  attempts: fc.integer({ min: 1, max: 5 }),
  retryMinutes: fc.integer({ min: 5, max: 1_440 }),
});

test('22: whatever is promised lies in opening hours, one slot after the other, and no slot takes more than it holds', () => {
  fc.assert(
    fc.property(instants, rules, fc.integer({ min: 1, max: 40 }), (now, given, wishes) => {
      const taken: Date[] = [];
      for (let wish = 0; wish < wishes; wish++) {
        const slot = firstSlot(slotsFrom(CALENDAR, now, given, taken));
        if (slot && slot.free > 0) taken.push(slot.from);
      }
      const slots = slotsFrom(CALENDAR, now, given, taken);
      slots.forEach((slot, index) => {
        expect(slot.from >= now && slot.from < slot.to).toBe(true);
        expect(isOpen(CALENDAR, slot.from)).toBe(true);
        expect(isOpen(CALENDAR, new Date(slot.to.getTime() - 1))).toBe(true);
        if (index > 0) expect(slot.from >= slots[index - 1].to).toBe(true);
        const used = taken.filter((one) => one >= slot.from && one < slot.to).length;
        expect([used + slot.free, used <= given.perSlot]).toEqual([given.perSlot, true]);
      });
    }),
    { numRuns: 100 },
  );
});

test('22: never dialled outside the window and the hours, nor before the next try, nor after the end', () => {
  fc.assert(
    fc.property(
      instants,
      rules,
      fc.array(fc.constantFrom(...ATTEMPT_OUTCOMES), { maxLength: 12 }),
      (begin, given, outcomes) => {
        let now = begin;
        const slot = firstSlot(slotsFrom(CALENDAR, now, given, []));
        if (!slot) return;
        let callback = { windowFrom: slot.from, windowTo: slot.to, nextTryAt: slot.from };
        let attempts = 0;
        for (const outcome of outcomes) {
          now = callback.nextTryAt;
          expect(mayDial(callback, CALENDAR, new Date(callback.windowTo.getTime()))).toBe(false);
          expect(mayDial(callback, CALENDAR, new Date(now.getTime() - 1))).toBe(false);
          if (!mayDial(callback, CALENDAR, now)) break;
          expect(isOpen(CALENDAR, now)).toBe(true);
          if (outcome !== 'given_up') attempts += 1;
          const next = afterAttempt(
            outcome,
            { ...callback, attempts },
            slotsFrom(CALENDAR, now, given, []),
            given,
            now,
          );
          if (next.state !== 'waiting') return;
          expect(outcome === 'reached' || attempts > given.attempts).toBe(false);
          expect(next.nextTryAt >= now && next.nextTryAt < next.windowTo).toBe(true);
          callback = next;
        }
      },
    ),
    { numRuns: 200 },
  );
});

const NOW = new Date('2026-11-23T10:00:00Z');
const waiting = (id: string, queuedAt: number, kind: WaitingItem['kind']): WaitingItem => ({
  id,
  kind,
  hubId: 'h',
  cost: 100,
  priority: 'normal',
  queuedAt: new Date(queuedAt),
  maxWaitSeconds: 14_400,
  offerSeconds: 60,
  dueAt: null,
  legalNear: false,
  required: [],
  excludedAccounts: [],
  excludedHubs: [],
  visitedHubs: [],
  helpingHubs: [],
  hops: 0,
  sticky: null,
  misses: [],
});
const agent: WorkAgent = {
  accountId: 'a',
  hubId: 'h',
  presence: 'available',
  pendingPresence: null,
  heartbeatAt: NOW,
  idleSince: NOW,
  skills: new Map(),
  load: [],
};

test('23: a callback stands where its own wait put it: behind whoever came before, ahead of whoever came after', () => {
  const ages = fc.uniqueArray(fc.integer({ min: 1, max: 14_000 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(ages, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (seconds, owed) => {
      const items = seconds.map((age, at) =>
        waiting(String(at), NOW.getTime() - age * 1_000, owed[at] ? 'callback' : 'call'),
      );
      const order: string[] = [];
      for (let rest = items; rest.length > 0; rest = rest.filter((one) => one.id !== order.at(-1))) {
        order.push(dispatch(rest, [agent], NOW)[0].itemId);
      }
      const byWait = [...items].sort((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime()).map((one) => one.id);
      expect(order).toEqual(byWait);
    }),
  );
});
