import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type RefObject } from 'react';
import { fold } from '@app/domain/folding';
import { api, call, problemText } from '@app/ui/api';
import { macrosQuery, type Macro } from '../data/queries';
import type { Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { toast } from '../ui/toast-store';
import { nameOf } from '../ui/names';
import type { DraftKeeper } from './draft-keeper';

const ASKED = /(?:^|\s)\/([^\s/]{0,30})$/;
const MOST = 7;

/** `/` and some letters: sentences of the hub, filled from the ticket, in the language of the answer. */
export function useSnippets(
  ticket: Ticket,
  keeper: DraftKeeper,
  box: RefObject<HTMLTextAreaElement | null>,
  language: 'fr' | 'ar',
) {
  const may = useMay();
  const [asked, setAsked] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const { data } = useQuery({ ...macrosQuery, enabled: asked !== null && may('macros:read') });
  const found = useMemo(() => (asked === null ? [] : matching(data?.items ?? [], asked)), [asked, data]);
  const isOpen = asked !== null && found.length > 0;
  const choose = async (macro: Macro) => {
    setAsked(null);
    const caret = box.current?.selectionStart ?? keeper.state.get().text.length;
    const typed = asked ?? '';
    try {
      const { text } = await call(
        api.POST('/api/v1/tickets/{ticket}/macro-preview', {
          params: { path: { ticket: ticket.id } },
          body: { macroId: macro.id, language },
        }),
      );
      insert(keeper, box, caret - typed.length - 1, caret, text);
    } catch (problem) {
      toast({ text: problemText(problem), bad: true });
    }
  };
  const press = (key: string): boolean => {
    if (!isOpen) return false;
    if (key === 'ArrowDown') setAt((at + 1) % found.length);
    else if (key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
    else if (key === 'Enter' || key === 'Tab') void choose(found[at]);
    else if (key === 'Escape') setAsked(null);
    else return false;
    return true;
  };
  const look = (text: string, caret: number) => {
    const match = may('macros:read') ? ASKED.exec(text.slice(0, caret)) : null;
    setAsked(match ? match[1] : null);
    setAt(0);
  };
  return { isOpen, found, at: Math.min(at, Math.max(0, found.length - 1)), choose, press, look };
}

/** Snippets first; both names and the code count, whatever the language of the screen. */
function matching(macros: readonly Macro[], asked: string): Macro[] {
  const wanted = fold(asked);
  return macros
    .filter((one) => one.active && one.kind !== 'template')
    .filter((one) => [one.code, one.nameFr, one.nameAr].some((name) => fold(name).includes(wanted)))
    .sort((a, b) => Number(b.kind === 'snippet') - Number(a.kind === 'snippet') || nameOf(a).localeCompare(nameOf(b)))
    .slice(0, MOST);
}

/** Puts a text in the place of another and the caret behind it. */
export function insert(
  keeper: DraftKeeper,
  box: RefObject<HTMLTextAreaElement | null>,
  from: number,
  to: number,
  text: string,
): void {
  const before = keeper.state.get().text;
  keeper.edit({ text: before.slice(0, from) + text + before.slice(to) });
  setTimeout(() => {
    box.current?.focus();
    box.current?.setSelectionRange(from + text.length, from + text.length);
  });
}
