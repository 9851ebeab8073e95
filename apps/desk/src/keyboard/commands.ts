import { useEffect, useRef } from 'react';
import { createStore } from '../data/store';

/** One thing that can be done: the palette lists it, its key does it, the help sheet names it. */
export interface Command {
  /** Also the id of its words in the catalogue: `desk.command.<id>`. */
  id: string;
  /** As `keyOf` names it. */
  key?: string;
  group: 'go' | 'list' | 'ticket' | 'write' | 'app';
  run: () => void;
  /** Also while a field has the focus: only for `mod+` and function keys. */
  whileWriting?: boolean;
  /** Not in the palette: moving in a list, for instance. */
  quiet?: boolean;
  /** Words of its own instead of the catalogue's: a macro, a view saved by the person. */
  label?: string;
}

export const commands = createStore<readonly Command[]>([]);
const OFF = 'sanad.keys.off';

/** Single letters can be switched off (WCAG 2.1.4); the palette and what needs Ctrl stay. */
export const lettersOff = createStore(readOff());

function readOff(): boolean {
  try {
    return localStorage.getItem(OFF) === '1';
  } catch {
    return false;
  }
}

export function switchLetters(off: boolean): void {
  lettersOff.set(off);
  try {
    localStorage.setItem(OFF, off ? '1' : '0');
  } catch {
    // The choice then holds for this page only.
  }
}

/** Offers commands while the component is shown. The newest wins when two ask for the same key. */
export function useCommands(offered: readonly Command[]): void {
  const latest = useRef(offered);
  latest.current = offered;
  const shape = offered.map((one) => `${one.id}:${one.key ?? ''}:${one.label ?? ''}`).join('|');
  useEffect(() => {
    const mine: Command[] = latest.current.map((one, at) => ({ ...one, run: () => latest.current[at]?.run() }));
    commands.set((now) => [...now, ...mine]);
    return () => commands.set((now) => now.filter((one) => !mine.includes(one)));
  }, [shape]);
}
