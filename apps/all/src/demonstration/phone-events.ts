import { canonical } from '@app/domain/calls/adapter';
import type { AgentRef, CanonicalEvent } from '@app/domain/calls/canonical-event';
import type { PlayedCall } from './phone-script';

export const DEMONSTRATION_NUMBER = '+212523600100';

/** What a telephone system that numbers its events would have told of a call; instants in milliseconds. */
export function eventsOfCall(call: PlayedCall, begin: number): CanonicalEvent[] {
  const { id, from, wait, talk, extensions, course, language } = call;
  const at = (second: number): string => new Date(begin + (call.at + second) * 1_000).toISOString();
  const base = { callId: id, legId: id, receivedAt: '', direction: 'in' as const, from, to: DEMONSTRATION_NUMBER };
  const event = (type: CanonicalEvent['type'], second: number, more: Partial<CanonicalEvent> = {}): CanonicalEvent =>
    canonical({ ...base, type, occurredAt: at(second), ...more });
  const member = (which: number): Partial<CanonicalEvent> => {
    const value = extensions[Math.min(which, extensions.length - 1)];
    return { legId: `${id}-${which}`, agents: [{ kind: 'extension', value } satisfies AgentRef] };
  };
  const begun = [event('call.started', 0, { ivr: { language } }), event('queue.entered', 1, { queueRef: 'PHONE' })];
  if (course === 'missed' || course === 'abandoned') {
    return [...begun, event('queue.left', wait, { exit: 'abandoned' }), event('call.ended', wait, { cause: 'cancel' })];
  }
  const first = course === 'no_answer_first' ? wait + 20 : wait;
  const rung =
    course === 'no_answer_first'
      ? [event('offer.ringing', 2, member(0)), event('offer.failed', 22, { ...member(0), cause: 'noAnswer' })]
      : [];
  const taker = course === 'no_answer_first' ? 1 : 0;
  const moved =
    course === 'transferred'
      ? [event('call.transferred', first + talk / 2), event('call.answered', first + talk / 2 + 4, member(1))]
      : [];
  return [
    ...begun,
    ...rung,
    event('offer.ringing', Math.max(2, first - 3), member(taker)),
    event('call.answered', first, member(taker)),
    ...moved,
    event('call.ended', first + talk, { cause: 'normalClearing' }),
  ];
}

/** The same as posts of the usual form, with the second at which each leaves. */
export function postsOfCall(call: PlayedCall): { second: number; form: URLSearchParams }[] {
  const { id, from, wait, talk, extensions, course, at } = call;
  const form = (event: string, more: Record<string, string> = {}): URLSearchParams =>
    new URLSearchParams({
      event,
      direction: 'in',
      callId: id,
      from: from.slice(1),
      to: DEMONSTRATION_NUMBER.slice(1),
      queue: 'PHONE',
      ...more,
    });
  const begun = { second: at, form: form('newCall') };
  if (course === 'missed' || course === 'abandoned') {
    return [begun, { second: at + wait, form: form('hangup', { cause: course === 'missed' ? 'cancel' : 'noAnswer' }) }];
  }
  const answered = course === 'no_answer_first' ? wait + 20 : wait;
  const last = extensions[extensions.length - 1];
  const moved =
    course === 'transferred'
      ? [{ second: at + answered + talk / 2, form: form('answer', { answeringNumber: last }) }]
      : [];
  return [
    begun,
    { second: at + answered, form: form('answer', { answeringNumber: extensions[0] }) },
    ...moved,
    { second: at + answered + talk, form: form('hangup', { cause: 'normalClearing' }) },
  ];
}
