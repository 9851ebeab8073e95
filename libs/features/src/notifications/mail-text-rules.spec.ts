import { checkMailText, sampleValues, variablesOfMail } from './mail-text-rules';
import { HUB_TEMPLATES, TEXTS } from './template-texts';
import { renderText } from './templates';

const twinsOf = (template: (typeof HUB_TEMPLATES)[number]) => ({
  subjectFr: TEXTS[template].fr.subject,
  subjectAr: TEXTS[template].ar.subject,
  paragraphsFr: TEXTS[template].fr.paragraphs,
  paragraphsAr: TEXTS[template].ar.paragraphs,
});
const codes = (problems: { pointer: string; code: string }[]) => problems.map((one) => `${one.pointer} ${one.code}`);

test.each(HUB_TEMPLATES)('%s as it comes is a good text, and the samples fill it in both languages', (template) => {
  expect(checkMailText(template, twinsOf(template))).toEqual([]);
  for (const language of ['fr', 'ar'] as const) {
    expect(renderText(TEXTS[template][language], language, sampleValues(language)).text).not.toMatch(/\{\{/);
  }
});

test('the legal notice, the answer, the reference and the link stay', () => {
  const text = twinsOf('answered');
  const without = (name: string) => text.paragraphsFr.filter((one) => !one.includes(`{{${name}}}`));
  expect(codes(checkMailText('answered', { ...text, paragraphsFr: without('notice') }))).toEqual([
    '/paragraphsFr missing_variable',
    '/paragraphsFr missing_variable',
  ]);
  expect(variablesOfMail('late')).not.toContain('answer');
});

test('the answer stands alone, and variables are those of the mail', () => {
  const text = twinsOf('answered');
  const crowded = text.paragraphsAr.map((one) => (one === '{{answer}}' ? 'الجواب: {{answer}}' : one));
  expect(codes(checkMailText('answered', { ...text, paragraphsAr: crowded }))).toEqual([
    '/paragraphsAr/2 must_stand_alone',
  ]);
  expect(codes(checkMailText('answered', { ...text, subjectFr: '{{password}}' }))).toContain(
    '/paragraphsFr unknown_variable',
  );
});
