import { useEffect } from 'react';
import { useOwnHub } from './layout';
import { useIsDark } from './scheme';

/** Which of the palette's names take the colours of a hub. */
const NAMES = {
  brand: ['--brand'],
  hover: ['--brand-hover'],
  link: ['--link', '--focus'],
  soft: ['--brand-soft', '--out-bg'],
  line: ['--brand-line'],
  rail: ['--rail'],
} as const;

/** The page in the colours of the hub that answers for the place of this device; without one, in those of the programme. */
export function OwnColours() {
  const isDark = useIsDark();
  const branding = useOwnHub()?.branding;
  const colours = isDark ? branding?.coloursByNight : branding?.colours;
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
