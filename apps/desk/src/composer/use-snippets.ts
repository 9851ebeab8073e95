import { useQuery } from '@tanstack/react-query';
import { useState, type RefObject } from 'react';
import { fold } from '@app/domain/folding';
import { api, call, problemText } from '@app/ui/api';
import type { components } from '@app/contract/openapi';
import { colleaguesQuery, macrosQuery, type Macro, type Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { toast } from '../ui/toast-store';
import { nameOf } from '../ui/names';
import type { DraftKeeper } from './draft-keeper';

type Colleague = components['schemas']['ColleagueView'];
interface Asked {
  sign: '/' | '@';
  words: string;
}

const ASKED = /(?:^|\s)([/@])([^\s/@]{0,30})$/;
const MOST = 7;

export interface Suggestion {
  id: string;
  label: string;
  /** What is typed to find it. */
  hint: string;
  run: () => void;
}

/** `/` and some letters: sentences of the hub, filled from the ticket, in the language of the answer. In a note, `@` calls a colleague. */
export function useSnippets(
  ticket: Ticket,
  keeper: DraftKeeper,
  box: RefObject<HTMLTextAreaElement | null>,
  language: 'fr' | 'ar',
) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [at, setAt] = useState(0);
  const { macros, people } = useOffered(asked);
  const put = (text: string) => {
    const caret = box.current?.selectionStart ?? keeper.state.get().text.length;
    setAsked(null);
    insert(keeper, box, caret - (asked?.words.length ?? 0) - 1, caret, text);
  };
  const fill = async (macroId: string) => {
    const path = { ticket: ticket.id };
    const body = { macroId, language };
    await call(api.POST('/api/v1/tickets/{ticket}/macro-preview', { params: { path }, body })).then(
      ({ text }) => put(text),
      (problem) => toast({ text: problemText(problem), bad: true }),
    );
  };
  const called = people.map((one) => ({
    id: one.accountId,
    label: one.name,
    hint: '@',
    run: () => put(`@${one.name} `),
  }));
  const filled = macros.map((one) => ({
    id: one.id,
    label: nameOf(one),
    hint: one.code.toLowerCase(),
    run: () => void fill(one.id),
  }));
  const found: Suggestion[] = [...called, ...filled];
  const isOpen = asked !== null && found.length > 0;
  const press = (key: string): boolean => {
    if (!isOpen) return false;
    if (key === 'ArrowDown') setAt((at + 1) % found.length);
    else if (key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
    else if (key === 'Enter' || key === 'Tab') found[at].run();
    else if (key === 'Escape') setAsked(null);
    else return false;
    return true;
  };
  const look = (text: string, caret: number) => {
    setAsked(askedIn(text.slice(0, caret), keeper.kind === 'note'));
    setAt(0);
  };
  return { isOpen, found, at: Math.min(at, Math.max(0, found.length - 1)), press, look };
}

/** Only what is asked for is read and offered. */
function useOffered(asked: Asked | null): { macros: Macro[]; people: Colleague[] } {
  const may = useMay();
  const wantsText = asked?.sign === '/' && may('macros:read');
  const wantsPeople = asked?.sign === '@' && may('tickets:assign');
  const macros = useQuery({ ...macrosQuery, enabled: wantsText });
  const people = useQuery({ ...colleaguesQuery, enabled: wantsPeople });
  return {
    macros: wantsText ? matching(macros.data?.items, asked.words) : [],
    people: wantsPeople ? peopleNamed(people.data?.items, asked.words) : [],
  };
}

function askedIn(text: string, isNote: boolean): Asked | null {
  const [, sign, words] = ASKED.exec(text) ?? [];
  if (sign === '/') return { sign, words };
  return sign === '@' && isNote ? { sign, words } : null;
}

function peopleNamed(people: readonly Colleague[] = [], words: string): Colleague[] {
  const wanted = fold(words);
  return people.filter((one) => fold(one.name).includes(wanted)).slice(0, MOST);
}

/** Snippets first; both names and the code count, whatever the language of the screen. */
function matching(macros: readonly Macro[] = [], asked: string): Macro[] {
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
  const after = before.slice(0, from) + text + before.slice(to);
  keeper.edit({ text: after });
  setTimeout(() => {
    box.current?.focus();
    // Whoever has typed on meanwhile keeps the caret.
    if (box.current?.value === after) box.current.setSelectionRange(from + text.length, from + text.length);
  });
}
