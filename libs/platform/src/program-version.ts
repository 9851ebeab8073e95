import { readFileSync } from 'node:fs';
import path from 'node:path';

const marker = `${path.sep}dist${path.sep}`;

let version: string | null = null;

/** Of this program, from the sources or from dist; read once. */
export function programVersion(): string {
  const here = __dirname + path.sep;
  const at = here.lastIndexOf(marker);
  const root = at < 0 ? path.resolve(__dirname, '../../..') : here.slice(0, at);
  version ??= (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
