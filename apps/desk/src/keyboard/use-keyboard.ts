import { useEffect } from 'react';
import { commands, lettersOff } from './commands';
import { isWriting, keyOf } from './key-of';

/** Listens once for the whole desk. A dialog that is open keeps its keys to itself. */
export function useKeyboard(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = keyOf(event);
      const command = key && [...commands.get()].reverse().find((one) => one.key === key);
      if (!command || !isHeard(event, key, command.whileWriting ?? false)) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

function isHeard(event: KeyboardEvent, key: string, whileWriting: boolean): boolean {
  const letter = !key.startsWith('mod+');
  if (letter && lettersOff.get() && key.length === 1) return false;
  if (isWriting(event.target) && !whileWriting) return false;
  return whileWriting || document.querySelector('[role=dialog], [role=menu]') === null;
}
