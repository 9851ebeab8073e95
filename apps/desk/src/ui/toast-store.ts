import { createStore } from '../data/store';

export interface Toast {
  key: string;
  text: string;
  bad?: boolean;
  /** Seconds left are counted down in the sentence when it holds `{seconds}`. */
  until?: number;
  action?: { label: string; run: () => void };
}

export const toasts = createStore<readonly Toast[]>([]);
const SHOWN_MS = 6_000;
const MOST = 3;
let counter = 0;

export function dropToast(key: string): void {
  toasts.set((now) => now.filter((one) => one.key !== key));
}

/** Shows a sentence for a while; the same key replaces the one before. Returns the key. */
export function toast(one: Omit<Toast, 'key'> & { key?: string; ms?: number }): string {
  const { key = `toast-${++counter}`, ms = SHOWN_MS, ...rest } = one;
  toasts.set((now) => [...now.filter((other) => other.key !== key), { key, ...rest }].slice(-MOST));
  setTimeout(() => dropToast(key), ms);
  return key;
}
