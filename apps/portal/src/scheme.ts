import { useEffect, useState } from 'react';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** The page is as light or dark as the device asks for, also when that changes while it is open. */
export function followScheme(): void {
  const apply = () => void (document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light');
  apply();
  dark.addEventListener('change', apply);
}

export function useIsDark(): boolean {
  const [isDark, setDark] = useState(dark.matches);
  useEffect(() => {
    const follow = () => setDark(dark.matches);
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  return isDark;
}
