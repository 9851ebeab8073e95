import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { Macro } from '../data/queries';
import { nameOf } from '../ui/names';

interface SnippetListProps {
  found: readonly Macro[];
  at: number;
  choose: (macro: Macro) => Promise<void>;
}

/** The sentences that `/` found, above the text. */
export function SnippetList({ found, at, choose }: SnippetListProps) {
  return (
    <div className="snippets" id="snippets" role="listbox" aria-label={t('desk.compose.snippets')}>
      {found.map((macro, index) => (
        <div
          key={macro.id}
          id={`snippet-${index}`}
          role="option"
          aria-selected={index === at}
          className={index === at ? 'pal on' : 'pal'}
          onMouseDown={(event) => {
            event.preventDefault();
            void choose(macro);
          }}
        >
          <span className="grow">
            <UserLine text={nameOf(macro)} cut />
          </span>
          <bdi dir="ltr" className="mut xs">
            {macro.code.toLowerCase()}
          </bdi>
        </div>
      ))}
    </div>
  );
}
