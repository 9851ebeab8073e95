export type AccentProblem = 'not_a_colour' | 'low_contrast' | 'like_a_warning';

/** Least contrast of white text on the accent, and of the accent on white: WCAG 2.2 AA for text. */
export const ACCENT_CONTRAST = 4.5;
/** Hues that mean time: soon, urgent, late, and kept. In degrees of OKLCH. */
const TIME_COLOURS = ['#7a4a00', '#8a3400', '#9b1c1c', '#2b5d34'];
const HUE_DISTANCE = 20;
/** Below this chroma an eye sees grey, and grey has no hue. */
const GREY = 0.04;
const HEX = /^#[0-9a-f]{6}$/;
const STEPS = [0.97, 0.93, 0.87, 0.79, 0.7, 0.61, 0.53, 0.45, 0.37, 0.29];

interface Oklch {
  l: number;
  c: number;
  /** Degrees, 0 to 360. */
  h: number;
}

/**
 * What is wrong with a hub's accent colour, written `#rrggbb` in small letters; null when it may be used. It must carry white text
 * (contrast at least 4.5 to 1 by WCAG 2.2) and keep at least 20 degrees of OKLCH hue from the colours that stand for time, unless it is a
 * grey. Edges: black passes, white does not.
 */
export function accentProblem(hex: string): AccentProblem | null {
  if (!HEX.test(hex)) return 'not_a_colour';
  if (contrastWithWhite(hex) < ACCENT_CONTRAST) return 'low_contrast';
  const accent = toOklch(hex);
  if (accent.c < GREY) return null;
  const near = TIME_COLOURS.some((one) => hueDistance(accent.h, toOklch(one).h) < HUE_DISTANCE);
  return near ? 'like_a_warning' : null;
}

/** Ratio of the relative luminances of white and the colour, 1 to 21. */
export function contrastWithWhite(hex: string): number {
  return contrast(hex, '#ffffff');
}

/** Ratio of the relative luminances of two colours, 1 to 21, whichever is the lighter one. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of WCAG 2.2, 0 to 1. */
function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Ten shades from light to dark of the hue of a colour, each the most colourful that a screen can show, up to the colour's own chroma. */
export function accentScale(hex: string): string[] {
  const { c, h } = toOklch(hex);
  return STEPS.map((l) => fitted({ l, c, h }));
}

/** The colour, or the most colourful of its lightness and hue that a screen can show. */
function fitted({ l, c, h }: Oklch): string {
  let chroma = c;
  while (chroma > 0 && !inGamut({ l, c: chroma, h })) chroma -= 0.005;
  return toHex({ l, c: Math.max(chroma, 0), h });
}

/** The colours that a page takes from a hub's accent, each `#rrggbb`. */
export interface AccentColours {
  /** Buttons, under white text. */
  brand: string;
  /** The same under a pointer. */
  hover: string;
  /** Text on white, on the page's ground and on `soft`. */
  link: string;
  /** A quiet ground, and the line around it. */
  soft: string;
  line: string;
  /** A wide ground under white text. */
  rail: string;
}

/** The grounds of the sites by day on which a link may stand. */
const GROUNDS = ['#ffffff', '#fbfaf8', '#f4f1ea'];

/**
 * The colours of a page whose accent is given. Every text keeps 4.5 to 1 (WCAG 2.2 AA): an accent that white text may stand on can still be
 * too light to be read on a tinted ground, then links take the next darker shade that can. Expects an accent that `accentProblem` lets pass.
 */
export function accentColours(hex: string): AccentColours {
  const scale = accentScale(hex);
  const soft = scale[0];
  const isRead = (text: string) => [...GROUNDS, soft].every((ground) => contrast(text, ground) >= ACCENT_CONTRAST);
  return {
    brand: hex,
    hover: scale[8],
    link: [hex, ...scale.slice(6)].find(isRead) ?? scale[9],
    soft,
    line: scale[2],
    rail: scale[8],
  };
}

/** The grounds of the sites by night. */
const NIGHT_GROUNDS = ['#191817', '#232120', '#1e1c1b'];
/** Lightness and most chroma of what fills a page by night. */
const NIGHT = { soft: [0.29, 0.05], line: [0.43, 0.09], rail: [0.29, 0.09] } as const;

/** The same by night: quiet grounds are dark, and links are the darkest light shade that is read on them. Expects what `accentColours` does. */
export function accentColoursByNight(hex: string): AccentColours {
  const scale = accentScale(hex);
  const { c, h } = toOklch(hex);
  const shade = ([l, most]: readonly [number, number]) => fitted({ l, c: Math.min(c, most), h });
  const soft = shade(NIGHT.soft);
  const isRead = (text: string) =>
    [...NIGHT_GROUNDS, soft].every((ground) => contrast(text, ground) >= ACCENT_CONTRAST);
  const carriesWhite = (ground: string) => contrastWithWhite(ground) >= ACCENT_CONTRAST;
  return {
    brand: scale.slice(6, 8).find(carriesWhite) ?? hex,
    hover: scale[8],
    link: scale.slice(0, 6).reverse().find(isRead) ?? scale[0],
    soft,
    line: shade(NIGHT.line),
    rail: shade(NIGHT.rail),
  };
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

function hueDistance(a: number, b: number): number {
  const apart = Math.abs(a - b) % 360;
  return Math.min(apart, 360 - apart);
}

/** The published matrices of the OKLab space. */
function toOklch(hex: string): Oklch {
  const [r, g, b] = channels(hex).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: lightness, c: Math.hypot(a, bb), h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 };
}

function toLinear({ l, c, h }: Oklch): number[] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

function inGamut(colour: Oklch): boolean {
  return toLinear(colour).every((value) => value >= -0.0001 && value <= 1.0001);
}

function toHex(colour: Oklch): string {
  const parts = toLinear(colour).map((value) => Math.round(Math.min(1, Math.max(0, gamma(Math.max(value, 0)))) * 255));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
