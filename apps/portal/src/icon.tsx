const PHONE =
  'M6.2 4h2.6l1.7 4.2-2.1 1.6a11.5 11.5 0 0 0 5.8 5.8l1.6-2.1L20 15.2v2.6A2.2 2.2 0 0 1 17.8 20 13.8 13.8 0 0 1 4 6.2 2.2 2.2 0 0 1 6.2 4z';

/** Outlines on a grid of 24. */
const PATHS = {
  phone: PHONE,
  send: 'M4.8 5 20.2 12 4.8 19l2.4-7zM7.2 12h6',
  pen: 'M4.5 19.5v-3.8L15.8 4.4l3.8 3.8L8.3 19.5zM13 7.2l3.8 3.8',
  next: 'm9.5 6 6 6-6 6',
  back: 'm14.5 6-6 6 6 6',
  stamp:
    'M9.5 12.5c0-2-1.3-3-1.3-5a3.8 3.8 0 0 1 7.6 0c0 2-1.3 3-1.3 5h3.7a1.3 1.3 0 0 1 1.3 1.3V16H4.5v-2.2a1.3 1.3 0 0 1 1.3-1.3zM5.5 19.5h13',
  people:
    'M9 5.2a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6M2.8 19.5c.6-3.4 2.9-5 6.2-5s5.6 1.6 6.2 5M15.5 5.5a3.2 3.2 0 0 1 0 6M17.5 14.8c2.1.6 3.3 2.2 3.7 4.7',
  money:
    'M5.5 6.8c0 1.5 2.9 2.8 6.5 2.8s6.5-1.3 6.5-2.8S15.600 4 12 4 5.500 5.300 5.500 6.800v5c0 1.5 2.9 2.8 6.5 2.8s6.5-1.3 6.5-2.8v-5M5.5 11.8v5c0 1.5 2.9 2.8 6.5 2.8s6.5-1.3 6.5-2.8v-5',
  paper: 'M6.5 3.8h7L18 8.3v11.9H6.5zM13.5 3.8v4.5H18M9.3 12.5h5.4M9.3 16h5.4',
  person: 'M12 4.500a3.7 3.7 0 1 0 0 7.400 3.7 3.7 0 0 0 0-7.400M4.8 20c.7-3.8 3.5-5.7 7.2-5.7s6.5 1.9 7.2 5.7',
  more: 'M5.5 12h.1M12 12h.1M18.5 12h.1',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2',
  check: 'm5 12.5 4.7 4.7L19 7.5',
  mail: 'M3.800 7a1.600 1.600 0 0 1 1.600-1.500h13.200A1.600 1.600 0 0 1 20.200 7v10a1.600 1.600 0 0 1-1.600 1.500H5.400A1.600 1.600 0 0 1 3.800 17zM4.5 7l7.5 6 7.5-6',
  eye: 'M2.800 12C5 8 8.200 6 12 6s7 2 9.200 6c-2.200 4-5.400 6-9.200 6s-7-2-9.200-6zM12 9.300a2.700 2.700 0 1 0 0 5.400 2.700 2.700 0 0 0 0-5.400',
  clip: 'm19 11.5-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l7.6-7.6a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.5a1.5 1.5 0 0 1-2.2-2.2l6.9-6.8',
  plus: 'M12 5.5v13M5.5 12h13',
  cross: 'm6.500 6.500 11 11M17.500 6.500l-11 11',
  again: 'M19 8.5A7.8 7.8 0 0 0 5 9.3M5 15.5a7.8 7.8 0 0 0 14-.8M19.5 4.5v4.2h-4.2M4.5 19.5v-4.2h4.2',
  hand: 'M7.5 11V6a1.5 1.5 0 0 1 3 0v4.5M10.5 10V4.8a1.5 1.5 0 0 1 3 0V10M13.5 10V6a1.5 1.5 0 0 1 3 0v7.5c0 4-2 6.7-5.3 6.7-2.6 0-4-1.2-5.3-3.6L3.8 13a1.5 1.5 0 0 1 2.6-1.5l1.1 1.7',
  star: 'm12 4 2.5 5.1 5.6.8-4 4 .9 5.6-5-2.7-5 2.7.9-5.6-4-4 5.6-.8z',
  save: 'M12 4.5v11M7 11l5 5 5-5M5 19.5h14',
  copy: 'M9 9h10.500v10.500H9zM5.500 15H4.500V4.500H15v1',
  shield: 'M12 3.8 19 6.5v5.3c0 4-2.7 7-7 8.7-4.3-1.7-7-4.7-7-8.7V6.5zM9 11.8l2.2 2.2 4-4.2',
  pin: 'M12 20.500c4-4.500 6.200-7.700 6.200-10.500a6.200 6.200 0 0 0-12.400 0c0 2.800 2.200 6 6.200 10.500zM12 7.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600',
  warn: 'M12 4.500 21 19.500H3zM12 10v4.500M12 17v.1',
} as const;
export type IconName = keyof typeof PATHS;

interface IconProps {
  name: IconName;
  size?: number;
  /** Turns round in Arabic: what points along the line. */
  flip?: boolean;
  className?: string;
}

export function Icon({ name, size = 22, flip = false, className = '' }: IconProps) {
  return (
    <svg
      className={`i ${flip ? 'flip' : ''} ${className}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={PATHS[name]} strokeWidth={name === 'more' ? 2.8 : undefined} />
    </svg>
  );
}

const STAR_OUT = 'M20 3.2l4.9 4.9h7v7l4.9 4.9-4.9 4.9v7h-7L20 36.8l-4.9-4.9h-7v-7L3.2 20l4.9-4.9v-7h7z';
const STAR_IN =
  'M20 12l2.35 2.35h3.3v3.3L28 20l-2.35 2.35v3.3h-3.3L20 28l-2.35-2.35h-3.3v-3.3L12 20l2.35-2.35v-3.3h3.3z';

/** The programme's mark. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true">
      <path d={STAR_OUT} fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinejoin="round" />
      <path d={STAR_IN} fill="currentColor" />
    </svg>
  );
}
