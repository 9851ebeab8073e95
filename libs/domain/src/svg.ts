/** Shapes, groups and gradients; nothing that runs, loads, links or embeds. */
const ELEMENTS = new Set(
  'svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop title desc clipPath mask'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  `xmlns version viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points fill stroke stroke-width stroke-linecap stroke-linejoin
   stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity fill-opacity fill-rule clip-rule clip-path mask opacity transform id offset
   stop-color stop-opacity gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits preserveAspectRatio role aria-label aria-hidden
   focusable color`.split(/\s+/),
);
const NAMESPACE = 'http://www.w3.org/2000/svg';
/** Colours, numbers, path data, names; `url(#…)` of its own only. */
const VALUE = /^(?:[\p{L}\p{N}\s.,;:#%()+\-_'’/]*|url\(#[\w-]+\))$/u;
const TAG = /^<(\/?)([A-Za-z]+)((?:\s+[A-Za-z][\w-]*\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*(\/?)>/;
const ATTRIBUTE = /([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const MOST_TAGS = 500;

/**
 * Whether a picture is of lines and colours only: well-formed tags from a short list with attributes from a short list, no entity, no
 * comment, no processing instruction but the declaration at the start, no style, script, link, foreign content or address of the outside.
 * What is not known is refused rather than taken out, so that what was looked at is what is kept.
 */
export function isPlainSvg(text: string): boolean {
  let rest = text.replace(/^\uFEFF?\s*<\?xml [^?<>]*\?>/, '').trim();
  if (rest === '') return false;
  const open: string[] = [];
  for (let tags = 0; rest !== ''; tags += 1) {
    const match = TAG.exec(rest);
    if (!match || tags > MOST_TAGS || !follows(match, open, tags)) return false;
    rest = rest.slice(match[0].length);
    const words = /^[^<]*/.exec(rest)![0];
    if (!arePlainWords(words, open.at(-1))) return false;
    rest = rest.slice(words.length);
  }
  return open.length === 0;
}

/** Whether a tag may stand here; opens or closes it. The first is the picture itself, and nothing comes after its end. */
function follows([, closing, name, attributes, single]: RegExpExecArray, open: string[], tags: number): boolean {
  if (!ELEMENTS.has(name)) return false;
  if (open.length === 0 && (tags > 0 || name !== 'svg')) return false;
  if (closing) return open.pop() === name && attributes === '' && single === '';
  if (!single) open.push(name);
  return arePlain(attributes, name, tags);
}

function arePlainWords(words: string, inside: string | undefined): boolean {
  if (/[&>]/.test(words)) return false;
  return words.trim() === '' || inside === 'title' || inside === 'desc';
}

function arePlain(attributes: string, name: string, tags: number): boolean {
  const seen = new Set<string>();
  for (const [, key, double, simple] of attributes.matchAll(ATTRIBUTE)) {
    const value = double ?? simple;
    if (!ATTRIBUTES.has(key) || seen.has(key)) return false;
    seen.add(key);
    if (key === 'xmlns' ? value !== NAMESPACE : !isPlainValue(value)) return false;
  }
  return name !== 'svg' || (tags === 0 && seen.has('xmlns'));
}

function isPlainValue(value: string): boolean {
  if (/url\s*\(/i.test(value)) return /^url\(#[\w-]+\)$/.test(value);
  return VALUE.test(value) && !/script|expression|import|:\s*\/\//i.test(value);
}
