import { useEffect, useRef, type RefObject } from 'react';
import { t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import type { DraftKeeper, DraftState } from './draft-keeper';
import { SnippetList } from './snippet-list';
import { useClaimOnWriting } from './use-claim-on-writing';
import { useSnippets } from './use-snippets';
import { useTyping } from './use-typing';

interface WritingBoxProps {
  ticket: Ticket;
  keeper: DraftKeeper;
  draft: DraftState;
  box: RefObject<HTMLTextAreaElement | null>;
  language: 'fr' | 'ar';
}

/** Plain text, each paragraph in its own direction. `/` offers the hub's sentences. */
export function WritingBox({ ticket, keeper, draft, box, language }: WritingBoxProps) {
  const typing = useTyping(ticket.id);
  const claim = useClaimOnWriting(ticket);
  const snippets = useSnippets(ticket, keeper, box, language);
  const inner = useRef<HTMLTextAreaElement | null>(null);
  useEffect(() => {
    box.current = inner.current;
    return () => keeper.flush();
  }, [box, keeper]);
  return (
    <>
      {snippets.isOpen && <SnippetList found={snippets.found} at={snippets.at} />}
      <textarea
        ref={inner}
        className="ed"
        lang={keeper.kind === 'reply' ? language : undefined}
        aria-label={t(`desk.compose.${keeper.kind}`)}
        placeholder={t(`desk.compose.hint.${keeper.kind}`)}
        aria-autocomplete="list"
        aria-controls={snippets.isOpen ? 'snippets' : undefined}
        aria-activedescendant={snippets.isOpen ? `snippet-${snippets.at}` : undefined}
        value={draft.text}
        onChange={(event) => {
          const { value, selectionStart } = event.currentTarget;
          if (draft.text === '' && value !== '' && keeper.kind === 'reply') claim();
          keeper.edit({ text: value });
          snippets.look(value, selectionStart);
          typing.wrote(value !== '');
        }}
        onKeyDown={(event) => {
          if (snippets.press(event.key)) event.preventDefault();
          else if (event.key === 'Escape') event.currentTarget.blur();
        }}
        onBlur={() => typing.stopped()}
      />
    </>
  );
}
