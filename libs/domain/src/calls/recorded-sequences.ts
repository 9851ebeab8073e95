import type { WebhookProvider } from './adapters';
import type { CallRecord } from './call-record';

/** Events of one call as a system posts them: second of arrival and form. Numbers are invented. */
export interface RecordedSequence {
  name: string;
  provider: WebhookProvider;
  posts: [second: number, form: string][];
  expected: Partial<CallRecord>;
}

const FROM = '212685000017';
const TO = '212523600100';
const IN = `direction=in&from=${FROM}&to=${TO}`;

/** What tests and the demonstration play. */
export const SEQUENCES: RecordedSequence[] = [
  {
    name: 'zammad, answered',
    provider: 'zammad',
    posts: [
      [0, `event=newCall&${IN}&callId=z1&queue=juridique&user[]=Samira+B.&user[]=Youssef+K.`],
      [12, `event=answer&${IN}&call_id=z1&answeringNumber=204&user=Samira+B.`],
      [200, `event=hangup&${IN}&callId=z1&cause=normalClearing`],
    ],
    expected: {
      state: 'ended',
      outcome: 'answered',
      direction: 'in',
      fromE164: '+212685000017',
      queueRef: 'juridique',
      waitMs: 12_000,
      talkMs: 188_000,
      incomplete: false,
      cause: 'normalClearing',
    },
  },
  {
    name: 'zammad through the Asterisk bridge, given up',
    provider: 'zammad',
    posts: [
      [0, `event=newCall&${IN}&callId=z2`],
      [40, 'event=hangup&direction=in&callId=z2&cause=noAnswer'],
    ],
    expected: { outcome: 'abandoned', short: false, queueRef: TO, waitMs: 40_000, answeredBy: [] },
  },
  {
    name: 'sipgate, attended transfer',
    provider: 'sipgate',
    posts: [
      [0, `event=newCall&${IN}&callId=A&user[]=Samira&userId[]=w0&fullUserId[]=1234567w0`],
      [8, `event=answer&${IN}&callId=A&user=Samira&userId=w0&fullUserId=1234567w0&answeringNumber=204`],
      [60, `event=newCall&direction=in&from=${FROM}&to=205&callId=B&origCallId=A&user[]=Youssef`],
      [66, `event=answer&direction=in&from=${FROM}&to=205&callId=B&origCallId=A&user=Youssef&answeringNumber=205`],
      [70, `event=hangup&${IN}&callId=A&cause=normalClearing&answeringNumber=204`],
      [300, `event=hangup&direction=in&from=${FROM}&to=205&callId=B&origCallId=A&cause=normalClearing`],
    ],
    expected: {
      outcome: 'answered',
      transfers: 1,
      waitMs: 8_000,
      talkMs: 292_000,
      offers: 2,
      fromE164: '+212685000017',
    },
  },
  {
    name: 'sipgate, forwarded and answered there',
    provider: 'sipgate',
    posts: [
      [0, `event=newCall&${IN}&callId=A`],
      [15, `event=hangup&${IN}&callId=A&cause=forwarded`],
      [15, `event=newCall&direction=in&from=${FROM}&to=205&callId=B&origCallId=A&diversion=${TO}`],
      [20, `event=answer&direction=in&from=${FROM}&to=205&callId=B&origCallId=A&user=Youssef`],
      [50, `event=hangup&direction=in&from=${FROM}&to=205&callId=B&origCallId=A&cause=normalClearing`],
    ],
    expected: { outcome: 'answered', waitMs: 20_000, talkMs: 30_000, cause: 'normalClearing' },
  },
  {
    name: 'placetel, voicemail',
    provider: 'placetel',
    posts: [
      [0, `event=IncomingCall&${IN}&call_id=p1`],
      [30, `event=HungUp&${IN}&call_id=p1&type=voicemail&duration=21`],
    ],
    expected: { outcome: 'voicemail', answeredAt: null, talkMs: null },
  },
  {
    name: 'placetel, out, whose answer is never told',
    provider: 'placetel',
    posts: [
      [0, `event=OutgoingCall&direction=out&from=${TO}&to=${FROM}&call_id=p2&peer=samira@fpbx.de`],
      [95, `event=HungUp&from=${TO}&to=${FROM}&call_id=p2&type=accepted&duration=80`],
    ],
    expected: { direction: 'out', outcome: 'answered', talkMs: 80_000 },
  },
  {
    name: 'twilio, rung to two agents, answered by the second',
    provider: 'twilio',
    posts: [
      [0, `CallSid=CA1&CallStatus=ringing&Direction=inbound&From=%2B${FROM}&To=%2B${TO}&SequenceNumber=0&Timestamp=Mon,+23+Nov+2026+09:00:00+%2B0000`],
      [2, `CallSid=CA2&ParentCallSid=CA1&CallStatus=ringing&To=client:samira&SequenceNumber=1&Timestamp=Mon,+23+Nov+2026+09:00:02+%2B0000`],
      [22, `CallSid=CA2&ParentCallSid=CA1&CallStatus=no-answer&To=client:samira&SequenceNumber=2&Timestamp=Mon,+23+Nov+2026+09:00:22+%2B0000`],
      [23, `CallSid=CA3&ParentCallSid=CA1&CallStatus=ringing&To=client:youssef&SequenceNumber=1&Timestamp=Mon,+23+Nov+2026+09:00:23+%2B0000`],
      [30, `CallSid=CA3&ParentCallSid=CA1&CallStatus=in-progress&To=client:youssef&SequenceNumber=2&Timestamp=Mon,+23+Nov+2026+09:00:30+%2B0000`],
      [90, `CallSid=CA3&ParentCallSid=CA1&CallStatus=completed&To=client:youssef&CallDuration=60&SequenceNumber=3&Timestamp=Mon,+23+Nov+2026+09:01:30+%2B0000`],
      [91, `CallSid=CA1&CallStatus=completed&Direction=inbound&From=%2B${FROM}&To=%2B${TO}&CallDuration=91&SequenceNumber=1&Timestamp=Mon,+23+Nov+2026+09:01:31+%2B0000`],
    ], // prettier-ignore
    expected: { outcome: 'answered', times: 'provider', offers: 2, missedOffers: 1, waitMs: 30_000 },
  },
  {
    name: 'jambonz, left the queue by hanging up',
    provider: 'jambonz',
    posts: [
      [0, `call_sid=j1&call_status=ringing&direction=inbound&from=%2B${FROM}&to=%2B${TO}`],
      [1, 'call_sid=j1&event=join&queue=juridique&length=1&join_time=1795424401000'],
      [60, 'call_sid=j1&event=leave&queue=juridique&leave_reason=abandoned&leave_time=1795424460000'],
      [60, 'call_sid=j1&call_status=completed&direction=inbound&duration=60'],
    ],
    expected: { outcome: 'abandoned', answeredAt: null, waitMs: 59_000 },
  },
];
