import { useState } from 'react';

const PREFIX = 'sanad.unsaved.';

function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** What somebody is changing, kept on the device until it is saved or given up. Null: nothing differs from what is stored. */
export function useUnsaved<T>(key: string): [T | null, (next: T | null) => void] {
  const [value, setValue] = useState(() => read<T>(key));
  const change = (next: T | null) => {
    setValue(next);
    try {
      if (next === null) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, JSON.stringify(next));
    } catch {
      // Kept for this page only.
    }
  };
  return [value, change];
}
