import fc from 'fast-check';
import {
  ACCENT_CONTRAST,
  accentColours,
  accentColoursByNight,
  accentProblem,
  accentScale,
  contrast,
  contrastWithWhite,
} from './accent';

test.each([
  ['#3c46ad', null],
  ['#005f73', null],
  ['#000000', null],
  ['#6b6559', null],
  ['#ffffff', 'low_contrast'],
  ['#8ecae6', 'low_contrast'],
  ['#9b1c1c', 'like_a_warning'],
  ['#8a3400', 'like_a_warning'],
  ['#1f6b2e', 'like_a_warning'],
  ['#3C46AD', 'not_a_colour'],
  ['red', 'not_a_colour'],
  ['#3c46a', 'not_a_colour'],
])('%s: %s', (hex, problem) => {
  expect(accentProblem(hex)).toBe(problem);
});

test('contrast is that of the published definition', () => {
  expect(contrastWithWhite('#000000')).toBeCloseTo(21, 5);
  expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
});

test('a scale goes from light to dark and is made of colours', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, (hex) => {
      const scale = accentScale(hex);
      expect(scale).toHaveLength(10);
      expect(scale.every((one) => /^#[0-9a-f]{6}$/.test(one))).toBe(true);
      const contrasts = scale.map(contrastWithWhite);
      expect(contrasts).toEqual([...contrasts].sort((a, b) => a - b));
    }),
  );
});

test('a page in the colours of any accent that may be used can be read', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(
      colour.filter((hex) => accentProblem(hex) === null),
      (hex) => {
        const { brand, hover, link, soft, rail } = accentColours(hex);
        const night = accentColoursByNight(hex);
        const read = [
          ...[brand, hover, rail].map((ground) => contrast('#ffffff', ground)),
          ...['#ffffff', '#fbfaf8', '#f4f1ea', soft].map((ground) => contrast(link, ground)),
          ...[night.brand, night.hover, night.rail].map((ground) => contrast('#ffffff', ground)),
          ...['#191817', '#232120', '#1e1c1b', night.soft].map((ground) => contrast(night.link, ground)),
          contrast('#ece9e3', night.soft),
        ];
        expect(Math.min(...read)).toBeGreaterThanOrEqual(ACCENT_CONTRAST);
      },
    ),
  );
  expect(accentColours('#767676').link).not.toBe('#767676'); // carries white, but is not read on a tint
  expect(accentColours('#3c46ad')).toMatchObject({ brand: '#3c46ad', link: '#3c46ad' });
});
