import fc from 'fast-check';
import { checkActions, checkTwins, fillText, unfilled, variablesOf } from './macro';

const FSI = '\u2068';
const PDI = '\u2069';

test('variables are found once each, whatever the spaces', () => {
  expect(variablesOf('{{ hub.name }} et {{hub.name}}, {{x}}')).toEqual(['hub.name', 'x']);
  expect(unfilled('Il manque {{documents.list}} ; {{mustache}} est le vôtre')).toEqual(['documents.list']);
});

test('values keep their own direction; links stand bare; lines stay', () => {
  const values = { 'ticket.reference': 'MS-26-000001-2', 'ticket.link': 'http://x/ar/r/1', 'documents.list': 'a\nb' };
  expect(fillText('طلب {{ticket.reference}}: {{ticket.link}}\n{{documents.list}}', values)).toEqual({
    text: `طلب ${FSI}MS-26-000001-2${PDI}: http://x/ar/r/1\na\nb`,
    missing: [],
  });
});

test('what is missing or blank is listed once and stays visible', () => {
  expect(fillText('{{hub.name}} {{hub.name}} {{agent.name}}', { 'hub.name': ' ', 'agent.name': null })).toEqual({
    text: '{{hub.name}} {{hub.name}} {{agent.name}}',
    missing: ['hub.name', 'agent.name'],
  });
  expect(fillText('{{constructor}}', {}).missing).toEqual(['constructor']);
});

test('a value can neither open a variable nor close its isolate', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const { text, missing } = fillText('« {{contact.name}} »', { 'contact.name': value });
      if (missing.length > 0) return expect(value.trim()).toBe('');
      if (value.trim().includes('\n')) return expect(text).toBe(`« ${value.trim()} »`);
      expect(text.split(FSI)).toHaveLength(2);
      expect(text.split(PDI)).toHaveLength(2);
    }),
  );
});

test('twins use the same variables and both have a subject, or none', () => {
  const good = { subjectFr: null, subjectAr: null, bodyFr: '{{hub.name}}', bodyAr: '{{hub.name}}' };
  expect(checkTwins(good)).toEqual([]);
  expect(checkTwins({ ...good, bodyAr: 'x' })).toMatchObject([{ pointer: '/bodyAr', code: 'missing_variable' }]);
  expect(checkTwins({ ...good, bodyFr: '{{hub.name}} {{hub.pet}}' })).toMatchObject([{ code: 'unknown_variable' }]);
  expect(checkTwins({ ...good, subjectFr: 'x' })).toMatchObject([{ pointer: '/subjectAr', code: 'required' }]);
});

test('actions take their values, once each but for tags', () => {
  expect(
    checkActions([
      { type: 'status', value: 'pending' },
      { type: 'tag', value: 'a' },
      { type: 'tag', value: 'b' },
    ]),
  ).toEqual([]);
  expect(checkActions([{ type: 'priority', value: 'huge' }])).toMatchObject([{ pointer: '/actions/0/value' }]);
  expect(checkActions([{ type: 'assign', value: 'somebody' }])).toMatchObject([{ code: 'not_allowed' }]);
  expect(
    checkActions([
      { type: 'status', value: 'open' },
      { type: 'status', value: 'closed' },
    ]),
  ).toMatchObject([{ pointer: '/actions/1/type', code: 'repeated' }]);
});
