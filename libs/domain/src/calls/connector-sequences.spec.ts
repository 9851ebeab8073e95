import fc from 'fast-check';
import { readAmi } from './ami';
import { deriveCall, type CallRecord } from './call-record';
import { dedupKeyOf, type CanonicalEvent } from './canonical-event';
import { readEsl } from './esl';

const RULES = { shortMs: 5_000, isOpen: () => true };
const T0 = 1_795_424_400;
type Told = Record<string, string>;

const texts = (fields: Record<string, string | number>): Told =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

/** What Asterisk tells at this second of a call. */
const ami = (second: number, event: Record<string, string | number>): Told =>
  texts({ Timestamp: `${T0 + second}.000000`, Uniqueid: 'a', Linkedid: 'a', ...event });
const member = (extension: string): Told => ({
  Queue: 'juridique',
  Interface: `PJSIP/${extension}`,
  DestUniqueid: `a-${extension}`,
});
const BEGUN = [
  ami(0, { Event: 'Newchannel', Context: 'from-trunk', CallerIDNum: '0685000100', Exten: '0523600100' }),
  ami(5, { Event: 'QueueCallerJoin', Queue: 'juridique', Position: 1, Count: 1 }),
];
const ASTERISK: [name: string, told: Told[], expected: Partial<CallRecord>][] = [
  [
    'no answer, answer, hold',
    [
      ...BEGUN,
      ami(6, { Event: 'AgentCalled', ...member('203') }),
      ami(26, { Event: 'AgentRingNoAnswer', ...member('203'), RingTime: 20_000 }),
      ami(27, { Event: 'AgentCalled', ...member('204') }),
      ami(30, { Event: 'AgentConnect', ...member('204'), HoldTime: 25, RingTime: 3 }),
      ami(31, { Event: 'QueueCallerLeave', Queue: 'juridique' }),
      ami(60, { Event: 'Hold' }),
      ami(80, { Event: 'Unhold' }),
      ami(200, { Event: 'Hangup', Cause: 16 }),
    ],
    { outcome: 'answered', waitMs: 25_000, holdMs: 20_000, talkMs: 150_000, missedOffers: 1 },
  ],
  [
    'given up in the queue',
    [
      ...BEGUN,
      ami(50, { Event: 'QueueCallerAbandon', Queue: 'juridique', OriginalPosition: 1, HoldTime: 45 }),
      ami(51, { Event: 'QueueCallerLeave', Queue: 'juridique' }),
      ami(52, { Event: 'Hangup', Cause: 16 }),
    ],
    { outcome: 'abandoned', waitMs: 45_000 },
  ],
  [
    'transferred',
    [
      ...BEGUN,
      ami(6, { Event: 'AgentCalled', ...member('204') }),
      ami(10, { Event: 'AgentConnect', ...member('204'), HoldTime: 5, RingTime: 4 }),
      ami(40, { Event: 'BlindTransfer', TransfererLinkedid: 'a', Extension: '205' }),
      { ...ami(41, { Event: 'Hangup', Cause: 16 }), Uniqueid: 'a-204' },
      ami(120, { Event: 'Hangup', Cause: 16 }),
    ],
    { outcome: 'answered', transfers: 1 },
  ],
];

/** What FreeSWITCH tells, with a count of its own. */
const esl = (second: number, event: Told): Told => ({
  'Event-Date-Timestamp': `${T0 + second}000000`,
  'Event-Sequence': String(1_000 + second),
  ...event,
});
const channel = (second: number, name: string, more: Told = {}): Told =>
  esl(second, {
    'Event-Name': name,
    'Unique-ID': 'f',
    'Call-Direction': 'inbound',
    'Caller-Context': 'public',
    'Caller-Caller-ID-Number': '0685000150',
    'Caller-Destination-Number': '0523600100',
    ...more,
  });
const queue = (second: number, action: string, more: Told = {}): Told =>
  esl(second, {
    'Event-Name': 'CUSTOM',
    'Event-Subclass': 'callcenter::info',
    'CC-Action': action,
    'CC-Queue': 'juridique@default',
    'CC-Member-Session-UUID': 'f',
    ...more,
  });
const leg = (n: number): Told => ({ 'CC-Agent': '204@hub', 'CC-Agent-UUID': `leg-${n}` });
const FREESWITCH: typeof ASTERISK = [
  [
    'no answer, answer, hold',
    [
      channel(0, 'CHANNEL_CREATE'),
      queue(2, 'member-queue-start'),
      queue(3, 'agent-offering', leg(1)),
      queue(23, 'bridge-agent-fail', { ...leg(1), 'CC-Hangup-Cause': 'NO_ANSWER' }),
      queue(30, 'agent-offering', leg(2)),
      queue(34, 'bridge-agent-start', leg(2)),
      channel(40, 'CHANNEL_HOLD'),
      channel(50, 'CHANNEL_UNHOLD'),
      queue(94, 'bridge-agent-end', leg(2)),
      queue(95, 'member-queue-end', { 'CC-Cause': 'Terminated' }),
      channel(96, 'CHANNEL_HANGUP_COMPLETE', { 'Hangup-Cause': 'NORMAL_CLEARING' }),
    ],
    { outcome: 'answered', waitMs: 32_000, holdMs: 10_000, missedOffers: 1 },
  ],
  [
    'broken out of the queue',
    [
      channel(0, 'CHANNEL_CREATE'),
      queue(2, 'member-queue-start'),
      queue(32, 'member-queue-end', { 'CC-Cause': 'Cancel', 'CC-Cancel-Reason': 'BREAK_OUT' }),
      channel(33, 'CHANNEL_HANGUP_COMPLETE', { 'Hangup-Cause': 'ORIGINATOR_CANCEL' }),
    ],
    { outcome: 'abandoned', waitMs: 30_000 },
  ],
];

/** As the store keeps them: a repetition that has a key counts once. */
function once(events: readonly CanonicalEvent[]): CanonicalEvent[] {
  const keys = new Set<string>();
  return events.filter((event) => {
    const key = dedupKeyOf(event, JSON.stringify({ ...event, receivedAt: null }));
    return key === null || (!keys.has(key) && Boolean(keys.add(key)));
  });
}

describe.each([
  ...ASTERISK.map((one) => [`Asterisk: ${one[0]}`, readAmi, one] as const),
  ...FREESWITCH.map((one) => [`FreeSWITCH: ${one[0]}`, readEsl, one] as const),
])('%s', (_, read, [, told, expected]) => {
  /** In the order in which they arrive, a second apart. */
  const recordOf = (order: readonly number[]): CallRecord => {
    const events = order.flatMap((index, second) =>
      read(told[index], ['from-trunk', 'public']).map((event) => ({
        ...event,
        receivedAt: new Date((T0 + 1_000 + second) * 1_000).toISOString(),
      })),
    );
    return deriveCall(once(events), RULES);
  };

  test('gives its record', () => {
    expect(recordOf([...told.keys()])).toMatchObject({ state: 'ended', times: 'provider', ...expected });
  });

  test('19: in any order and however often repeated it is the same record, to the millisecond', () => {
    const whole = recordOf([...told.keys()]);
    const order = fc.shuffledSubarray([...told.keys()], { minLength: told.length });
    const again = fc.array(fc.nat(told.length - 1), { maxLength: 6 });
    fc.assert(
      fc.property(order, again, (first, repeated) => {
        expect(recordOf([...first, ...repeated])).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });
});
