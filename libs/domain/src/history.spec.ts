import fc from 'fast-check';
import { EVENTS, type EventType } from './events';
import { describeEvent } from './history';
import { LEVELS, STATUSES } from './ticket';
import { METRICS } from './sla-policy';

const types = Object.keys(EVENTS) as EventType[];

it.each(types)('%s has words in both languages, whatever its data', (type) => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('to', 'from', 'metric', 'state'), fc.jsonValue()), (data) => {
      const { fr, ar } = describeEvent(type, data);
      expect(fr.trim()).not.toBe('');
      expect(ar.trim()).not.toBe('');
    }),
    { numRuns: 50 },
  );
});

it.each(types)('%s is worded in both languages, not named by its type', (type) => {
  const { fr, ar } = describeEvent(type, { metric: 'resolution', to: 'open', what: 'changed' });
  expect(fr).not.toContain(type);
  expect(ar).toMatch(/[\u0621-\u064a]/);
});

it('every value of the closed lists has a word in both languages', () => {
  const worded = (type: EventType, data: Record<string, unknown>, code: string): void => {
    const { fr, ar } = describeEvent(type, data);
    expect(ar).not.toContain(code);
    expect(fr.endsWith(`: ${code}`)).toBe(code === 'expert'); // the one French word that is its own code
  };
  for (const to of STATUSES) worded('ticket.status-changed', { to }, to);
  for (const to of LEVELS.slice(1)) worded('ticket.escalated', { to }, to);
  for (const metric of METRICS) worded('clock.breached', { metric }, metric);
});

it('says who has the next move and why the ticket came here', () => {
  expect(describeEvent('ticket.status-changed', { to: 'on_hold' })).toEqual({
    fr: "Statut : en attente d'un tiers",
    ar: 'الحالة: في انتظار طرف ثالث',
  });
  const reason = { fr: 'Pôle de la région', ar: 'قطب الجهة' };
  expect(describeEvent('ticket.created', { reason }).fr).toBe('Question reçue : Pôle de la région');
  expect(describeEvent('ticket.assigned', { to: null }).fr).toBe('Dossier remis dans la file');
  expect(describeEvent('clock.moved', { metric: 'resolution', state: 'paused' }).fr).toBe(
    'Délai suspendu : résolution',
  );
});
