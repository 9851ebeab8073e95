import { useEffect } from 'react';
import type { TicketSummary } from '../data/queries';
import { useCommands } from '../keyboard/commands';

interface ListKeys {
  rows: readonly TicketSummary[];
  cursor: number;
  setCursor: (at: number) => void;
  pick: (id: string, range: boolean) => void;
  clear: () => void;
  onOpen: (reference: string | undefined) => void;
}

/** Up and down, open, select; the row at the cursor holds the focus, so that readers of the screen hear it. */
export function useListKeys({ rows, cursor, setCursor, pick, clear, onOpen }: ListKeys): void {
  const active = Math.max(0, Math.min(cursor, rows.length - 1));
  const row = rows[active] as TicketSummary | undefined;
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, active + step));
    setCursor(next);
    focusRow(rows[next]?.id);
  };
  useCommands([
    { id: 'list.next', key: 'j', group: 'list', quiet: true, run: () => move(1) },
    { id: 'list.previous', key: 'k', group: 'list', quiet: true, run: () => move(-1) },
    { id: 'list.pick', key: 'x', group: 'list', quiet: true, run: () => row && pick(row.id, false) },
    { id: 'list.clear', key: 'Escape', group: 'list', quiet: true, run: clear },
    { id: 'list.open', key: 'o', group: 'list', quiet: true, run: () => row && onOpen(row.reference) },
  ]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const inRow = (event.target as HTMLElement | null)?.closest?.('.lr');
      if (step === 0 || !inRow) return;
      event.preventDefault();
      move(step);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}

/** The row may only be drawn after the list has scrolled to it. */
function focusRow(id: string | undefined): void {
  if (!id) return;
  const focus = () => document.getElementById(`row-${id}`)?.focus({ preventScroll: true });
  requestAnimationFrame(() => {
    focus();
    setTimeout(focus, 60);
  });
}
