import fc from 'fast-check';
import { ADMINISTRATION_EVENTS, detailLabel, detailsOf, NOTED_EVENTS, valueWords } from './audit-trail';

it('gives pairs for what changed and single values for the rest', () => {
  expect(
    detailsOf({
      fields: ['status', 'phone'],
      from: 'active',
      to: 'suspended',
      interimHubId: 'x',
      reason: { fr: 'Pôle', ar: 'قطب' },
    }),
  ).toEqual([
    { name: 'value', before: 'active', after: 'suspended' },
    { name: 'fields', before: null, after: 'status, phone' },
  ]);
  expect(
    detailsOf({ before: { priority: 'normal', kind: 'advice' }, after: { priority: 'high', kind: 'advice' } }),
  ).toEqual([{ name: 'priority', before: 'normal', after: 'high' }]);
});

it('never lets a long text, a nested object or more than twenty details through', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      const details = detailsOf(data);
      expect(details.length).toBeLessThanOrEqual(20);
      for (const { before, after } of details) {
        expect(before).not.toBe(after);
        for (const one of `${before ?? ''}, ${after ?? ''}`.split(', ')) expect(one.length).toBeLessThanOrEqual(1_700);
      }
    }),
  );
  expect(detailsOf({ note: 'a'.repeat(81), deep: { a: { b: 1 } } })).toEqual([]);
});

it('keeps tickets and people of associations out of the administration', () => {
  expect(ADMINISTRATION_EVENTS).toContain('hub.changed');
  expect(
    ADMINISTRATION_EVENTS.filter((type) => /^(ticket|clock|contact|association|member|session)\./.test(type)),
  ).toEqual([]);
  expect(NOTED_EVENTS).not.toContain('mail.sent');
});

it('has words for closed values, and leaves other codes as they are', () => {
  expect(valueWords('status, MA-07')).toEqual({ fr: 'Statut, MA-07', ar: 'الحالة، MA-07' });
  expect(valueWords('paused').fr).toBe('suspendu');
  expect(valueWords('next_response').ar).toBe('الجواب الموالي');
  expect(detailLabel('toString')).toBeNull();
});
