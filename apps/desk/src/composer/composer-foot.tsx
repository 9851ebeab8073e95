import { IconPaperclip, IconSlash } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { useCommands } from '../keyboard/commands';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import type { DraftState } from './draft-keeper';
import type { ComposerFootProps } from './foot-props';
import { SendNote } from './send-note';
import { SendReply } from './send-reply';
import { addFiles } from './uploads';
import { filesAt } from './use-files';

const MacroDialog = lazy(() => import('./macro-dialog').then((found) => ({ default: found.MacroDialog })));

/** Texts, draft, and the ways to send; where it goes and in which language stands beside the button. */
export function ComposerFoot(props: ComposerFootProps) {
  const { ticket, keeper, draft, language, languageMenu, box } = props;
  const may = useMay();
  const [picking, setPicking] = useState(false);
  const canPick = may('macros:read');
  useCommands(canPick ? [{ id: 'write.macro', key: 'm', group: 'write', run: () => setPicking(true) }] : []);
  return (
    <div className="cf">
      {canPick && (
        <Btn look="quiet" square aria-label={t('desk.compose.macros')} onClick={() => setPicking(true)}>
          <Icon of={IconSlash} size={18} />
        </Btn>
      )}
      {/* What somebody reads first is a text: files follow in a message of their own. */}
      {!(keeper.kind === 'reply' && ticket.needsValidation) && <AttachButton at={filesAt(keeper)} />}
      {languageMenu}
      <SavedMark draft={draft} />
      <div className="row end wrap">{keeper.kind === 'note' ? <SendNote {...props} /> : <SendReply {...props} />}</div>
      <Suspense fallback={null}>
        {picking && (
          <MacroDialog
            ticket={ticket}
            keeper={keeper}
            language={language}
            box={box}
            onClose={() => setPicking(false)}
          />
        )}
      </Suspense>
    </div>
  );
}

function AttachButton({ at }: { at: string }) {
  const input = useRef<HTMLInputElement | null>(null);
  useCommands([{ id: 'write.attach', group: 'write', run: () => input.current?.click() }]);
  return (
    <>
      <Btn look="quiet" square aria-label={t('desk.files.attach')} onClick={() => input.current?.click()}>
        <Icon of={IconPaperclip} size={18} />
      </Btn>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          addFiles(at, event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

function SavedMark({ draft }: { draft: DraftState }) {
  if (!draft.text || !draft.savedAt) return null;
  return (
    <span className="xs mut nw" title={t(`desk.compose.kept.${draft.place ?? 'device'}`)}>
      {t('desk.row.draft')} <DateTime at={draft.savedAt} style="time" />
    </span>
  );
}
