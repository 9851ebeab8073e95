import type { Icon as TablerIcon } from '@tabler/icons-react';

interface IconProps {
  of: TablerIcon;
  size?: number;
  /** Points along the line: mirrored in Arabic. */
  flip?: boolean;
}

/** A decorative drawing; the words stand beside it or in `aria-label`. */
export function Icon({ of: Drawing, size = 17, flip }: IconProps) {
  return <Drawing size={size} stroke={1.7} aria-hidden className={flip ? 'i flip' : 'i'} />;
}
