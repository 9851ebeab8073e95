import { useState } from 'react';

const PREFIX = 'sanad.text.';

/** Text that survives a reload and a session that ends: kept on the device while it is written. */
export function useLocalText(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => {
    try {
      return localStorage.getItem(PREFIX + key) ?? '';
    } catch {
      return '';
    }
  });
  const change = (next: string) => {
    setText(next);
    try {
      if (next === '') localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, next);
    } catch {
      // Kept for this page only.
    }
  };
  return [text, change];
}
