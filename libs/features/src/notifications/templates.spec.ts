import fc from 'fast-check';
import { LOCALES } from '@app/domain/person';
import { longDate } from '@app/domain/long-date';
import { MAIL_TEMPLATES, TEXTS, type MailText } from './template-texts';
import { renderMail, variablesIn, type MailValues } from './templates';

const VALUES: MailValues = {
  by: 'Karim',
  role: 'agent',
  reference: 'MS-26-004217-4',
  name: 'Amina',
  title: 'Récépissé',
  due: 'lundi 23 novembre 2026 à 17 h 30',
  link: 'https://sanad.example/fr/r/MS-26-004217-4',
  rate: 'https://sanad.example/fr/rate/token',
  hub: 'Pôle de Marrakech-Safi',
  answer: 'Oui.\n\nنعم، MS-26-004217-4.',
  notice: 'Information générale.',
  author: 'Karim',
  into: 'MS-26-004218-3',
  step: 'Prévenir le superviseur',
  delay: 'recours',
  day: 'lundi 23 novembre 2026',
  metric: 'première réponse',
  assignee: 'Karim',
};

const variablesOf = ({ subject, paragraphs }: MailText) => [subject, ...paragraphs].flatMap(variablesIn).sort();

describe('mail templates', () => {
  it.each(MAIL_TEMPLATES)('%s has the same variables in both languages, all known', (template) => {
    const { fr, ar } = TEXTS[template];
    expect(variablesOf(ar)).toEqual(variablesOf(fr));
    expect(variablesOf(fr).filter((name) => !(name in VALUES))).toEqual([]);
    expect(fr.paragraphs.length).toBe(ar.paragraphs.length);
  });

  it.each(MAIL_TEMPLATES)('%s leaves nothing unfilled and says its language and direction', (template) => {
    for (const language of LOCALES) {
      const { subject, text, html } = renderMail(template, language, VALUES);
      expect(subject + text + html).not.toMatch(/[{}]/);
      expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      if (template !== 'invitation') expect(text).toContain('\u2068MS-26-004217-4\u2069');
    }
  });

  it('gives each line of an answer the direction of its letters', () => {
    const { html } = renderMail('answered', 'fr', VALUES);
    expect(html).toContain('<p dir="ltr">Oui.</p>');
    expect(html).toContain('<p dir="rtl">نعم، MS-26-004217-4.</p>');
  });

  it('leaves out a paragraph without its value, and refuses a value forgotten', () => {
    expect(renderMail('received', 'fr', { ...VALUES, due: null }).text).not.toContain('au plus tard');
    const { due: _, ...rest } = VALUES;
    expect(() => renderMail('received', 'fr', rest)).toThrow('due');
  });

  it('keeps the address bare, so that a mail program links exactly it', () => {
    expect(renderMail('received', 'ar', VALUES).text.split('\n')).toContain(VALUES.link);
  });

  it('makes header breaks, markup and bidi tricks of a value harmless', () => {
    const evil = 'x\r\nBcc: all@example.org\u2069\u202e<img src=x onerror=alert(1)>{{name}}';
    const { subject, html, text } = renderMail('received', 'fr', { ...VALUES, reference: evil, title: evil });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain('<img');
    expect(text).not.toMatch(/^Bcc:/m);
    expect(text).not.toContain('\u202e');
  });

  it('closes every isolate it opens and writes no tag of a value, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (evil) => {
        const { subject, html } = renderMail('late', 'ar', { ...VALUES, reference: evil, assignee: `<b>${evil}</b>` });
        expect(subject.split('\u2068').length).toBe(subject.split('\u2069').length);
        expect(subject).not.toMatch(/[\r\n\0]/);
        expect(html.match(/<(?!\/?(?:html|head|meta|title|body|p|a)\b|!doctype)/g)).toBeNull();
      }),
    );
  });
});

describe('dates in words', () => {
  it.each([
    ['2026-11-23T17:30:00Z', 'lundi 23 novembre 2026 à 17 h 30', 'الاثنين 23 نونبر 2026 على الساعة 17:30'],
    ['2026-08-01T08:05:00Z', 'samedi 1er août 2026 à 9 h 05', 'السبت 1 غشت 2026 على الساعة 9:05'],
    ['2026-12-31T23:59:59Z', 'jeudi 31 décembre 2026 à 23 h 59', 'الخميس 31 دجنبر 2026 على الساعة 23:59'],
  ])('%s', (instant, fr, ar) => {
    expect(longDate(new Date(instant), 'fr')).toBe(fr);
    expect(longDate(new Date(instant), 'ar')).toBe(ar);
  });
});
