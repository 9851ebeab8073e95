import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../../..');
const PLACES = ['libs/domain/src/work', 'libs/domain/src/calls', 'test/integration', 'test/e2e'];
/** A title that begins with the numbers of what it holds: `1–3, 5: …`. */
const TITLE = /\b(?:it|test)\(\s*['"`](\d[\d, –]*):/g;

function numbersOf(title: string): number[] {
  return title.split(',').flatMap((part) => {
    const [from, to = from] = part.split('–').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

test('each of the 26 invariants of offered work has a test by its number', () => {
  const files = PLACES.flatMap((place) =>
    readdirSync(path.join(ROOT, place))
      .filter((name) => name.endsWith('.spec.ts'))
      .map((name) => readFileSync(path.join(ROOT, place, name), 'utf8')),
  );
  const held = new Set(files.flatMap((text) => [...text.matchAll(TITLE)].flatMap(([, title]) => numbersOf(title))));
  expect(Array.from({ length: 26 }, (_, i) => i + 1).filter((number) => !held.has(number))).toEqual([]);
});
