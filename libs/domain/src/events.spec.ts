import { AUDIENCES, audienceOf, BATCH_CONSUMERS, CONSUMERS, consumersOf, EVENTS, type EventType } from './events';

const types = Object.keys(EVENTS) as EventType[];
const heardBy = (consumer: string): EventType[] =>
  types.filter((type) => consumersOf(type).some((one) => one === consumer));
const audienceIs = (audience: string): EventType[] => types.filter((type) => audienceOf(type) === audience);

it('names known consumers and audiences only', () => {
  for (const type of types) {
    expect(type).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
    expect([...CONSUMERS, ...BATCH_CONSUMERS]).toEqual(expect.arrayContaining([...consumersOf(type)]));
    expect(AUDIENCES).toContain(audienceOf(type));
  }
});

it('the dispatcher hears what may need somebody, the mailer only its own order', () => {
  expect(heardBy('assignment')).toEqual(expect.arrayContaining(['ticket.created', 'ticket.routed']));
  expect(heardBy('mail')).toEqual(['mail.queued']);
});

it('the association hears of its ticket and its promise, never of notes, hands or loans', () => {
  expect(audienceIs('public')).toEqual([
    'ticket.created',
    'ticket.replied',
    'ticket.asked-again',
    'ticket.status-changed',
    'ticket.callback-promised',
    'ticket.merged',
    'ticket.absorbed',
    'ticket.merge-undone',
    'ticket.released',
    'ticket.split-undone',
    'legal.set',
    'clock.moved',
  ]);
});

it('reads, mails and files of people are pushed to nobody', () => {
  for (const type of types.filter((one) =>
    /^(ticket\.read|mail\.|session\.opened|association\.|contact\.)/.test(one),
  )) {
    expect({ type, audience: audienceOf(type) }).toEqual({ type, audience: 'nobody' });
  }
});
