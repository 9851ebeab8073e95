import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { detectLanguage, LANGUAGES, textDirection } from './language';

interface Sample {
  id: string;
  subject: string;
  body: string;
  expected: { language: string; answer_language: string };
}

const file = path.resolve(__dirname, '../../../config/reference/samples.json');
const { samples } = JSON.parse(readFileSync(file, 'utf8')) as { samples: Sample[] };

describe('detectLanguage on the reference questions', () => {
  it('has all of them', () => {
    expect(samples).toHaveLength(35);
  });

  it.each(samples.map((sample) => [sample.id, sample] as const))('%s', (_, { subject, body, expected }) => {
    expect(detectLanguage(`${subject}\n${body}`)).toEqual({
      language: expected.language,
      answerLanguage: expected.answer_language,
    });
  });
});

describe('detectLanguage on other texts', () => {
  it.each([
    ['fr', 'fr', 'Bonjour, pouvez-vous nous envoyer un modèle de statuts ? Merci.'],
    ['fr', 'fr', 'Réunion du bureau le 2e lundi du mois à 9h, salle A5, puis visite de la forêt (CO2, 3 ans de suivi)'],
    ['fr', 'fr', 'NOTRE COMPTE EST BLOQUE PAR LA BANQUE, QUE FAIRE ?'],
    ['fr', 'fr', 'Salam, notre association a changé de siège et nous voulons déclarer le nouveau bureau à l’autorité'],
    ['fr', 'fr', 'Le président de l’association « الأمل للتنمية » a démissionné, qui convoque l’assemblée générale ?'],
    ['fr', 'fr', 'Subvention INDH'],
    ['fr', 'fr', 'Procuration de Khadija Lhoussaine et Mhamed Ghali, Khouribga'],
    ['fr', 'fr', 'Voir https://exemple.ma/wach/3tatna/kifach et écrire à khalid7@ghir.ma'],
    ['fr', 'fr', 'Hello, we would like to know how to register'],
    ['ar', 'ar', 'كيف نفتح حسابا بنكيا باسم الجمعية؟'],
    ['ar', 'ar', 'واش خاصنا نديرو الجمع العام قبل رمضان ولا من بعد'],
    ['ar', 'ar', 'هل يلزم التصريح لدى CNSS و DGI والحصول على ICE قبل تشغيل حارس؟'],
    ['ar', 'ar', 'ICE ؟ رقم'],
    ['ary-Latn', 'ar', 'slm, bghina n9addo statut jdid walakin ma 3rfnach mnin nbdaw'],
    ['ary-Latn', 'ar', 'chkoun li kaysni 3la chek ila ra2is safer?'],
    ['ary-Latn', 'ar', 'Wach kayn chi takwin f Agadir had chhar?'],
    ['ary-Latn', 'ar', 'khassna ndiro compte f lbanka bach tdkhel la subvention'],
    [
      'ary-Latn',
      'fr',
      'Bonjour, nous avons déposé le dossier mais l9ayd gal lina blli khass wra9 khrin, 3afak chno ndiro daba ?',
    ],
    ['ary-Latn', 'ar', 'Jm3na flous mn nas dyal dowar, wash lazem chi rokhsa?'],
    ['ary-Latn', 'ar', 'lmo7asib ma bghach y3tina lwra9, kifach n7sbo lmizaniya?'],
    [
      'ary-Latn',
      'fr',
      'Est-ce que vous pouvez m’aider ? l7isab bloqué w lbanka ma katjawbch, on doit payer le loyer had lyoum',
    ],
    ['mixed', 'ar', 'Bonjour, nous demandons الوثائق المطلوبة لتجديد المكتب وتاريخ الجمع العام pour notre association'],
    [
      'mixed',
      'fr',
      'La commune nous a écrit ceci : توقيف النشاط مؤقتا إلى حين تسوية الوضعية ; que faut-il lui répondre ?',
    ],
  ])('%s, answered in %s: %s', (language, answerLanguage, text) => {
    expect(detectLanguage(text)).toEqual({ language, answerLanguage });
  });

  it.each(['', '   ', '12345', '????', '😀', 'привет'])('takes %j for French', (text) => {
    expect(detectLanguage(text)).toEqual({ language: 'fr', answerLanguage: 'fr' });
  });

  it.each(['م', '؟ 12 ب', 'ok شكرا'])('takes %j for Arabic', (text) => {
    expect(detectLanguage(text)).toEqual({ language: 'ar', answerLanguage: 'ar' });
  });

  it('always gives a known language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { language, answerLanguage } = detectLanguage(text);
        expect(LANGUAGES).toContain(language);
        expect(['fr', 'ar']).toContain(answerLanguage);
      }),
    );
  });
});

describe('textDirection', () => {
  it.each([
    ['', 'ltr'],
    ['123 - ؟', 'ltr'],
    ['Bonjour السلام', 'ltr'],
    ['السلام Bonjour', 'rtl'],
    ['2026 – (جمعية)', 'rtl'],
    ['\u200fMS-26', 'rtl'],
    ['\u200eجمعية', 'ltr'],
    ['\u061c12', 'rtl'],
    ['ⴰⵎⴰⵣⵉⵖ', 'ltr'],
  ])('%j is %s', (text, direction) => {
    expect(textDirection(text)).toBe(direction);
  });
});
