import { useEffect } from 'react';
import { useOwnHub } from './layout';

/** Which of the palette's names take the colours of a hub. */
const NAMES = {
  brand: ['--brand', '--focus'],
  hover: ['--brand-hover'],
  link: ['--link'],
  soft: ['--brand-soft', '--out-bg'],
  line: ['--brand-line'],
  rail: ['--rail'],
} as const;

/** The page in the colours of the hub that answers for the place of this device; without one, in those of the programme. */
export function OwnColours() {
  const colours = useOwnHub()?.branding?.colours;
  useEffect(() => {
    const { style } = document.documentElement;
    for (const [from, names] of Object.entries(NAMES)) {
      for (const name of names) {
        if (colours) style.setProperty(name, colours[from as keyof typeof NAMES]);
        else style.removeProperty(name);
      }
    }
  }, [colours]);
  return null;
}
