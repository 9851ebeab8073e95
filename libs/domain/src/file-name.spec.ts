import fc from 'fast-check';
import { contentDisposition, endingOf, shownFileName } from './file-name';

describe('the name of a file as it is shown', () => {
  it.each([
    ['a\u202egpj.exe', 'agpj.exe'],
    ['\u200b.htaccess', 'htaccess'],
    ['../../etc/passwd', 'passwd'],
    ['..\\x.pdf', 'x.pdf'],
    ['/x', 'x'],
    ['a\0b.pdf', 'ab.pdf'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['', 'fichier'],
    ['\u2066\u2069', 'fichier'],
    ['محضر الجمع العام.pdf', 'محضر الجمع العام.pdf'],
    ['a"b<c>.pdf', 'a_b_c_.pdf'],
  ])('%j becomes %j', (given, shown) => expect(shownFileName(given)).toBe(shown));

  it('keeps the ending of a long name', () => {
    const shown = shownFileName(`${'م'.repeat(300)}.pdf`);
    expect(Array.from(shown)).toHaveLength(150);
    expect(endingOf(shown)).toBe('pdf');
  });

  it('is never longer than the limit, never a path, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const shown = shownFileName(given);
        expect(Array.from(shown).length).toBeLessThanOrEqual(150);
        expect(shown).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(shownFileName(shown)).toBe(shown);
      }),
    );
  });
});

describe('Content-Disposition', () => {
  it('has a plain name and the real one', () => {
    expect(contentDisposition('attachment', 'محضر "1".pdf')).toBe(
      `attachment; filename="____ _1_.pdf"; filename*=UTF-8''%D9%85%D8%AD%D8%B6%D8%B1%20%221%22.pdf`,
    );
  });

  it('is one line of visible ASCII, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (given) => {
        expect(contentDisposition('inline', shownFileName(given))).toMatch(
          /^inline; filename="[ -~]*"; filename\*=UTF-8''[!-~]*$/,
        );
      }),
    );
  });
});
