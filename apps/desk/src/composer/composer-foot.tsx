import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconPaperclip, IconSend, IconSlash } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState, type ReactNode, type RefObject } from 'react';
import { unfilled } from '@app/domain/macro';
import { ApiProblem, problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import type { Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import type { DraftKeeper, DraftState } from './draft-keeper';
import { holdReply, postMessage, type Outcome } from './outgoing';
import { addFiles, uploads } from './uploads';

const MacroDialog = lazy(() => import('./macro-dialog').then((found) => ({ default: found.MacroDialog })));

interface ComposerFootProps {
  ticket: Ticket;
  keeper: DraftKeeper;
  draft: DraftState;
  language: 'fr' | 'ar';
  seenMessageId: string | null;
  languageMenu: ReactNode;
  box: RefObject<HTMLTextAreaElement | null>;
}

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
      <AttachButton at={filesAt(keeper)} />
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

/** Files belong to the ticket and to what is written: a note's do not leave with a reply. */
export function filesAt(keeper: DraftKeeper): string {
  return `${keeper.ticketId}:${keeper.kind}`;
}

function useFiles(keeper: DraftKeeper) {
  const files = useStore(uploads).get(filesAt(keeper)) ?? [];
  const uploadIds = files.flatMap((one) => (one.done ? [one.done.id] : []));
  return { uploadIds, isSending: files.some((one) => !one.done && !one.problem) };
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

function SendReply({ ticket, keeper, draft, language, seenMessageId }: ComposerFootProps) {
  const client = useQueryClient();
  const { uploadIds, isSending } = useFiles(keeper);
  const send = (outcome: Outcome) => {
    const body = draft.text.trim();
    if (!body || isSending) return;
    const [missing] = unfilled(body);
    if (missing) return toast({ text: t('desk.compose.unfilled', { name: missing }), bad: true });
    holdReply(client, {
      ticketId: ticket.id,
      reference: ticket.reference,
      keeper,
      body: { kind: 'reply', body, outcome, language, uploadIds, ...(seenMessageId ? { seenMessageId } : {}) },
    });
  };
  useCommands([
    { id: 'write.send', key: 'mod+Enter', group: 'write', whileWriting: true, run: () => send('answered') },
    { id: 'write.sendPending', group: 'write', run: () => send('pending') },
    { id: 'write.sendResolved', group: 'write', run: () => send('resolved') },
  ]);
  const empty = draft.text.trim() === '' || isSending;
  return (
    <>
      <span className="xs mut nw">
        {t(`desk.compose.to.${ticket.channel}`)} · {t(`desk.compose.in.${language}`)}
      </span>
      <Btn disabled={empty} onClick={() => send('pending')}>
        {t('desk.compose.sendPending')}
      </Btn>
      <span className="split">
        <Btn look="primary" disabled={empty} onClick={() => send('answered')}>
          <Icon of={IconSend} size={15} flip />
          {t('desk.compose.send')}
        </Btn>
        <Menu position="top-end" width={280}>
          <Menu.Target>
            <Btn look="primary" disabled={empty} aria-label={t('desk.compose.otherSends')}>
              <Icon of={IconChevronDown} size={15} />
            </Btn>
          </Menu.Target>
          <Menu.Dropdown>
            {(['pending', 'resolved'] as const).map((outcome) => (
              <Menu.Item key={outcome} onClick={() => send(outcome)}>
                <span className="b">
                  {t(outcome === 'pending' ? 'desk.compose.sendPending' : 'desk.compose.sendResolved')}
                </span>
                <span className="mut xs" style={{ display: 'block', whiteSpace: 'normal' }}>
                  {t(`desk.clocks.${outcome}`)}
                </span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </span>
    </>
  );
}

function SendNote({ ticket, keeper, draft }: ComposerFootProps) {
  const client = useQueryClient();
  const { uploadIds, isSending } = useFiles(keeper);
  const post = useMutation({
    mutationFn: () =>
      postMessage(client, {
        ticketId: ticket.id,
        reference: ticket.reference,
        keeper,
        body: { kind: 'note', body: draft.text.trim(), uploadIds },
      }),
    onError: (problem) => {
      if (!(problem instanceof ApiProblem) || problem.status !== 401) toast({ text: problemText(problem), bad: true });
    },
  });
  const send = () => {
    if (draft.text.trim() && !post.isPending && !isSending) post.mutate();
  };
  useCommands([{ id: 'write.send', key: 'mod+Enter', group: 'write', whileWriting: true, run: send }]);
  return (
    <>
      <span className="xs mut nw">{t('desk.compose.noteFor')}</span>
      <Btn disabled={draft.text.trim() === ''} busy={post.isPending} onClick={send}>
        {t('desk.compose.addNote')}
      </Btn>
    </>
  );
}
