import { followHands, type HandEvent, type Hands } from './holding';

const T0 = Date.parse('2026-11-23T09:00:00Z');
const at = (minutes: number): Date => new Date(T0 + minutes * 60_000);
const before: Hands = { holder: null, national: false, nationalHubId: 'national', now: at(600) };
const event = (minutes: number, type: string, data: object = {}, hubId = 'hub'): HandEvent => ({
  ...{ type, hubId, at: at(minutes), data: { ...data } },
});
const assigned = (minutes: number, to: string | null, hubId?: string) =>
  event(minutes, 'ticket.assigned', { to }, hubId);

test('begins with the one who takes it; a colleague goes on with the same time; an answer ends it', () => {
  expect(followHands(before, [assigned(0, 'a'), assigned(5, null), assigned(9, 'b')])).toEqual({
    endedAt: null,
    began: [{ holderId: 'hub', from: at(0), to: null }],
  });
  expect(followHands(before, [assigned(0, 'a'), event(20, 'ticket.replied')]).began).toEqual([
    { holderId: 'hub', from: at(0), to: at(20) },
  ]);
});

test('the national level and another hub take over; the time of the one before ends at that instant', () => {
  const climbs = event(30, 'ticket.escalated', { from: 'agent', to: 'national' });
  const held = { ...before, holder: { holderId: 'hub' } };
  expect(followHands(held, [climbs, assigned(40, 'n')])).toEqual({
    endedAt: at(30),
    began: [{ holderId: 'national', from: at(30), to: null }],
  });
  expect(followHands(held, [event(12, 'ticket.routed', { fromHubId: 'hub' }, 'other')])).toEqual({
    endedAt: at(12),
    began: [{ holderId: 'other', from: at(12), to: null }],
  });
});

test('a change of queue, of level inside the hub or of status moves nothing; the solution ends', () => {
  const held = { ...before, holder: { holderId: 'hub' } };
  const quiet = [
    event(1, 'ticket.routed', { queueId: 'q' }),
    event(2, 'ticket.escalated', { to: 'supervisor' }),
    event(3, 'ticket.status-changed', { to: 'on_hold' }),
  ];
  expect(followHands(held, quiet)).toEqual({ endedAt: null, began: [] });
  const solved = event(4, 'ticket.status-changed', { to: 'resolved' });
  expect(followHands(held, [...quiet, solved])).toEqual({ endedAt: at(4), began: [] });
});

test('a history that was loaded starts nobody’s time', () => {
  expect(followHands({ ...before, now: at(3 * 24 * 60) }, [assigned(0, 'a')]).began).toEqual([]);
});
