import type { SeededRandom } from './seeded-random';

/** One call in of an invented morning; seconds from its beginning. */
export interface PlayedCall {
  id: string;
  /** When it begins, in seconds from the beginning of the morning. */
  at: number;
  from: string;
  language: 'fr' | 'ar';
  course: 'answered' | 'transferred' | 'abandoned' | 'missed' | 'no_answer_first';
  /** Seconds of waiting, and of talk where there is one. */
  wait: number;
  talk: number;
  /** Extensions of who is rung, in turn. */
  extensions: string[];
}

/** Of the block that is not assigned. */
const UNKNOWN = '+2126850';

export interface PhoneGround {
  /** Numbers of contacts, in E.164. */
  numbers: readonly string[];
  extensions: readonly string[];
}

/** Arrivals come as they like, more of them towards ten o'clock; one in seven rings once and hangs up. */
export function writeMorning(
  random: SeededRandom,
  ground: PhoneGround,
  { calls, seconds, name }: { calls: number; seconds: number; name: string },
): PlayedCall[] {
  const made = Array.from({ length: calls }, (_, index) => {
    // The sum of two chances is likeliest in the middle.
    const at = Math.floor(((random.next() + random.next()) / 2) * seconds);
    const course = courseOf(random);
    return {
      id: `${name}-${index + 1}`,
      at,
      from: numberOf(random, ground),
      language: random.chance(0.6) ? ('ar' as const) : ('fr' as const),
      course,
      wait: course === 'missed' ? random.between(2, 4) : random.between(4, course === 'abandoned' ? 90 : 35),
      talk: random.between(60, 420),
      extensions: twoOf(random, ground.extensions),
    };
  });
  return made.sort((a, b) => a.at - b.at);
}

function courseOf(random: SeededRandom): PlayedCall['course'] {
  const chance = random.next();
  if (chance < 0.14) return 'missed';
  if (chance < 0.24) return 'abandoned';
  if (chance < 0.34) return 'no_answer_first';
  return chance < 0.44 ? 'transferred' : 'answered';
}

function numberOf(random: SeededRandom, { numbers }: PhoneGround): string {
  const known = numbers.length > 0 && random.chance(0.7);
  return known ? random.pick(numbers) : `${UNKNOWN}${String(random.between(10_000, 99_999))}`;
}

function twoOf(random: SeededRandom, extensions: readonly string[]): string[] {
  const first = random.pick(extensions);
  const others = extensions.filter((one) => one !== first);
  return others.length > 0 ? [first, random.pick(others)] : [first];
}
