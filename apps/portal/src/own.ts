import { useSyncExternalStore } from 'react';
import { recall, remember } from './device';

/** What somebody told us once is not asked again. */
const KEPT = ['name', 'email', 'phone', 'association'] as const;
type Kept = (typeof KEPT)[number];

export function recallName(name: Kept): string {
  return recall<Partial<Record<Kept, string>>>('own')?.[name] ?? '';
}

export function rememberNames(names: Partial<Record<Kept, string>>): void {
  remember('own', { ...recall<Partial<Record<Kept, string>>>('own'), ...names });
}

/** The place that somebody chose on this device. */
export function chosenPlace(): string | null {
  return recall<string>('place');
}

export function choosePlace(code: string): void {
  remember('place', code);
  for (const listen of listeners) listen();
}

const listeners = new Set<() => void>();

function listenToPlace(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** The same, for what is shown: it changes at once. */
export function useChosenPlace(): string | null {
  return useSyncExternalStore(listenToPlace, chosenPlace);
}
