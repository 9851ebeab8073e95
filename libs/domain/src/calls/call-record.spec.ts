import fc from 'fast-check';
import type { Decision } from './adapter';
import { adapterOf, type WebhookProvider } from './adapters';
import { numberOf } from './call-parties';
import { deriveCall, ARRIVAL_FIELDS, type CallRecord, type CallRules } from './call-record';
import { dedupKeyOf, type CanonicalEvent } from './canonical-event';
import { causeOf } from './cause';
import { SEQUENCES } from './recorded-sequences';
import { fieldsOfPairs } from './webhook-fields';

const RULES: CallRules = { shortMs: 5_000, isOpen: () => true };
const AT = Date.parse('2026-11-23T09:00:00Z');
const at = (second: number): string => new Date(AT + second * 1_000).toISOString();

/** Reads forms that came at these seconds. */
function read(provider: WebhookProvider, posts: readonly [second: number, form: string][]): CanonicalEvent[] {
  return posts.flatMap(([second, form]) => {
    const understood = adapterOf(provider)!.read(fieldsOfPairs(new URLSearchParams(form)), { receivedAt: at(second) });
    if (!('events' in understood)) throw new Error(`${form}: ${JSON.stringify(understood)}`);
    return understood.events;
  });
}

/** As the store keeps them: what has a key counts once. */
function once(events: readonly CanonicalEvent[]): CanonicalEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    const key = dedupKeyOf(event, JSON.stringify({ ...event, receivedAt: null }));
    if (key === null || !seen.has(key)) return key === null || Boolean(seen.add(key));
    return false;
  });
}

function lasting(record: CallRecord): unknown {
  if (record.times === 'provider') return record;
  const { legs, ...rest } = record;
  const kept = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !(ARRIVAL_FIELDS as readonly string[]).includes(name)),
  );
  return { ...kept, legs: legs.map(({ legId, outcome, agents }) => ({ legId, outcome, agents })) };
}

describe.each(SEQUENCES)('$name', ({ provider, posts, expected }) => {
  test('gives its record', () => {
    const record = deriveCall(once(read(provider, posts)), RULES);
    expect(record).toMatchObject(expected);
  });

  test('19: in any order and however often repeated it is the same record', () => {
    const whole = lasting(deriveCall(once(read(provider, posts)), RULES));
    const some = fc.shuffledSubarray([...posts.keys()], { minLength: posts.length });
    const again = fc.array(fc.nat(posts.length - 1), { maxLength: 6 });
    fc.assert(
      fc.property(some, again, (order, repeats) => {
        const arrivals = [...order, ...repeats].map((index, second) => [second, posts[index][1]] as const);
        const events = once(arrivals.flatMap(([second, form]) => read(provider, [[second, form]])));
        // Provider's own times travel in the body; the others are of arrival and exempt.
        expect(lasting(deriveCall(events, RULES))).toEqual(whole);
      }),
      { numRuns: 120 },
    );
  });
});

test('numbers in every spelling that telephone systems use', () => {
  for (const text of [
    '0612345678',
    '212612345678',
    '+212612345678',
    '00212612345678',
    '+212 (0) 612-345678',
    '06/12345678',
  ]) {
    expect([text, numberOf(text)]).toEqual([text, '+212612345678']);
  }
  for (const text of ['19', '141', '5050', 'anonymous', 'unknown', 'Restricted', '', '  '])
    expect(numberOf(text)).toBeNull();
});

test('causes by number and by name; 26 is never a missed call', () => {
  expect([16, 31, 17, 18, 19, 20, 21, 23, 26, 34, 41, 1, 28, 0, 127, 99].map(causeOf)).toEqual([
    'normalClearing', 'normalClearing', 'busy', 'noAnswer', 'noAnswer', 'absent', 'rejected', 'forwarded', 'answeredElsewhere',
    'congestion', 'congestion', 'notFound', 'notFound', 'unknown', 'unknown', 'unknown',
  ]); // prettier-ignore
  expect(['normalClearing', 'noAnswer', 'no-answer', 'ORIGINATOR_CANCEL', '__proto__', 'x'].map(causeOf)).toEqual([
    'normalClearing',
    'noAnswer',
    'noAnswer',
    'cancel',
    'unknown',
    'unknown',
  ]);
});

test('out of hours is a class of its own, and one ring is short', () => {
  const posts: [number, string][] = [
    [0, 'event=newCall&direction=in&callId=c&from=212685000001&to=212523600100'],
    [3, 'event=hangup&direction=in&callId=c&cause=cancel'],
  ];
  expect(deriveCall(read('zammad', posts), RULES)).toMatchObject({ outcome: 'abandoned', short: true });
  expect(deriveCall(read('zammad', posts), { ...RULES, isOpen: () => false })).toMatchObject({
    outcome: 'closed',
    short: false,
  });
});

test('an end or an answer of a call that nobody announced is a call all the same', () => {
  const record = deriveCall(read('zammad', [[0, 'event=answer&direction=in&callId=c&answeringNumber=204']]), RULES);
  expect(record).toMatchObject({
    incomplete: true,
    state: 'active',
    answeredBy: [{ kind: 'extension', value: '204' }],
  });
});

test.each([
  ['event=ring&direction=in&callId=c', 'event_unknown'],
  ['event=newCall&direction=in', 'call_id_missing'],
  ['event=newCall&direction=sideways&callId=c&from=1', 'direction_unknown'],
  ['event=newCall&direction=in&callId=c', 'number_missing'],
])('%s is not understood: %s', (form, problem) => {
  const fields = fieldsOfPairs(new URLSearchParams(form));
  expect(adapterOf('zammad')!.read(fields, { receivedAt: at(0) })).toEqual({ problem });
});

test('each system is answered in its own words', () => {
  const dial: Decision = { kind: 'dial', numbers: ['204', '205'], callerId: '+212523600100', ringSeconds: 20 };
  const words = (provider: WebhookProvider) => [
    adapterOf(provider)!.reply({ kind: 'continue' }, 'https://x/?a&b').body,
    adapterOf(provider)!.reply({ kind: 'reject', reason: 'busy' }, 'https://x').body,
    adapterOf(provider)!.reply(dial, 'https://x').body,
  ];
  expect(words('zammad')).toEqual([
    '{}',
    '{"action":"reject","reason":"busy"}',
    '{"action":"dial","caller_id":"+212523600100","callerId":"+212523600100","number":"204","numbers":["204","205"],"timeout":20}',
  ]);
  expect(words('sipgate')).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?><Response onAnswer="https://x/?a&#38;b" onHangup="https://x/?a&#38;b"/>',
    '<?xml version="1.0" encoding="UTF-8"?><Response onAnswer="https://x" onHangup="https://x"><Reject reason="busy"/></Response>',
    '<?xml version="1.0" encoding="UTF-8"?><Response onAnswer="https://x" onHangup="https://x"><Dial callerId="+212523600100"><Number>204</Number><Number>205</Number></Dial></Response>',
  ]);
  expect(words('placetel')[2]).toContain('<Forward><Target ringtime="20"><Number>204</Number></Target>');
  expect(words('twilio')[1]).toContain('<Response><Reject reason="busy"/></Response>');
  expect(JSON.parse(words('jambonz')[2])[0]).toMatchObject({ verb: 'dial', timeout: 20 });
});
