const COLOURS = 6;
const ARABIC = /^[\u0600-\u06ff]/;

interface AvatarProps {
  /** Decides the colour, so that a person keeps it. */
  id: string | null;
  name: string;
  size?: 20 | 24 | 28 | 36;
  idle?: boolean;
}

/** Latin names show two letters, Arabic ones the first: joined letters would make another word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const [first = '·'] = words;
  if (ARABIC.test(first)) return first.replace(/^ال/, '').slice(0, 1) || first.slice(0, 1);
  const last = words.length > 1 ? words[words.length - 1] : '';
  return (first.slice(0, 1) + last.slice(0, 1)).toUpperCase();
}

function colourOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return sum % COLOURS;
}

export function Avatar({ id, name, size = 28, idle }: AvatarProps) {
  const colour = colourOf(id ?? name);
  const classes = ['av', colour > 0 ? `c${colour}` : '', size === 28 ? '' : `s${size}`, idle ? 'idle' : ''];
  return (
    <span className={classes.filter(Boolean).join(' ')} title={name} aria-hidden>
      <bdi>{initials(name)}</bdi>
    </span>
  );
}
