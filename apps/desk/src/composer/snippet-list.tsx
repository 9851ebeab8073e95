import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { Suggestion } from './use-snippets';

interface SnippetListProps {
  found: readonly Suggestion[];
  at: number;
}

/** What `/` and `@` found, above the text. */
export function SnippetList({ found, at }: SnippetListProps) {
  return (
    <div className="snippets" id="snippets" role="listbox" aria-label={t('desk.compose.snippets')}>
      {found.map((one, index) => (
        <div
          key={one.id}
          id={`snippet-${index}`}
          role="option"
          aria-selected={index === at}
          className={index === at ? 'pal on' : 'pal'}
          onMouseDown={(event) => {
            event.preventDefault();
            one.run();
          }}
        >
          <span className="grow">
            <UserLine text={one.label} cut />
          </span>
          <bdi dir="ltr" className="mut xs">
            {one.hint}
          </bdi>
        </div>
      ))}
    </div>
  );
}
