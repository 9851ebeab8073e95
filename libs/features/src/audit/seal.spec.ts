import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FIRST_SEAL, type SealedEvent, sealHash } from './seal';

const EVENT: SealedEvent = {
  id: '7',
  xid: '901',
  at: '2026-11-23T10:00:00.123456Z',
  type: 'ticket.replied',
  ticketId: '019e0000-0000-7000-8000-000000000001',
  actorId: null,
  entityVersion: 3,
  data: { b: [1, { z: null, a: 'x' }], a: true },
};

test('the hash is that of the previous hash and one line with sorted keys', () => {
  const line =
    '["7","901","2026-11-23T10:00:00.123456Z","ticket.replied","019e0000-0000-7000-8000-000000000001",null,3,' +
    '{"sorted":[["a",true],["b",[1,{"sorted":[["a","x"],["z",null]]}]]]}]\n';
  expect(sealHash(FIRST_SEAL, [EVENT])).toEqual(createHash('sha256').update(FIRST_SEAL).update(line).digest());
});

test('the order of keys does not matter, that of events does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      const reversed = Object.fromEntries(Object.entries(data).reverse());
      const hash = sealHash(FIRST_SEAL, [{ ...EVENT, data }]);
      expect(sealHash(FIRST_SEAL, [{ ...EVENT, data: reversed }])).toEqual(hash);
    }),
  );
  const other = { ...EVENT, id: '8' };
  expect(sealHash(FIRST_SEAL, [EVENT, other])).not.toEqual(sealHash(FIRST_SEAL, [other, EVENT]));
});

test.each<[keyof SealedEvent, unknown]>([
  ['id', '6'],
  ['xid', '902'],
  ['at', '2026-11-23T10:00:00.123457Z'],
  ['type', 'ticket.noted'],
  ['ticketId', null],
  ['actorId', '019e0000-0000-7000-8000-000000000002'],
  ['entityVersion', 4],
  ['data', { b: [1, { z: null, a: 'y' }], a: true }],
])('another %s gives another hash', (column, value) => {
  expect(sealHash(FIRST_SEAL, [{ ...EVENT, [column]: value }])).not.toEqual(sealHash(FIRST_SEAL, [EVENT]));
});

test('another previous hash gives another hash', () => {
  expect(sealHash(Buffer.alloc(32, 1), [EVENT])).not.toEqual(sealHash(FIRST_SEAL, [EVENT]));
});
