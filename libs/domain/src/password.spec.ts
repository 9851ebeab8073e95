import { passwordProblem } from './password';

const EMAIL = 'salma.idrissi@example.org';

test.each([
  ['court', 'too_short'],
  ['a'.repeat(129), 'too_long'],
  ['aaaabbbbcccc', 'too_simple'],
  ['Salma.Idrissi2026!', 'like_email'],
  ['Motdepasse2026!', 'too_common'],
  ['123456789012', 'too_common'],
  ['correct horse battery staple', null],
  ['القهوة الباردة صباحا', null],
  ['azerty mais en plus long', null],
])('%s', (password, problem) => {
  expect(passwordProblem(password, EMAIL)).toBe(problem);
});

test('a short address says nothing', () => {
  expect(passwordProblem('abc et le reste', 'abc@example.org')).toBeNull();
});
