import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import type { Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay, useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { keeperOf, type DraftKind } from './draft-keeper';
import { ComposerFoot } from './composer-foot';
import { FileChips } from './file-chips';
import { LanguageMenu } from './language-menu';
import { holdReply, outgoing, refusedReplies } from './outgoing';
import { OutgoingPill } from './outgoing-pill';
import { useSeen } from './use-seen';
import { WritingBox } from './writing-box';

/** What one answers with: to the association, or a note that stays in the hub. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const kinds: DraftKind[] = [
    ...(may('tickets:reply') ? ['reply' as const] : []),
    ...(may('tickets:note') ? ['note' as const] : []),
  ];
  const [kind, setKind] = useState<DraftKind>(kinds[0] ?? 'note');
  const box = useRef<HTMLTextAreaElement | null>(null);
  const begin = (next: DraftKind) => {
    setKind(next);
    setTimeout(() => box.current?.focus());
  };
  useCommands(
    kinds.map((one) => ({
      id: `write.${one}`,
      key: one === 'reply' ? 'r' : 'n',
      group: 'write' as const,
      run: () => begin(one),
    })),
  );
  const held = useStore(outgoing).get(ticket.id);
  if (kinds.length === 0 || ticket.status === 'closed') return null;
  return (
    <section className={kind === 'note' ? 'comp noting' : 'comp'} aria-label={t(`desk.compose.${kind}`)}>
      <div className="ct" role="tablist" aria-label={t('desk.compose.label')}>
        {kinds.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === kind}
            className={one === kind ? 'tab on' : 'tab'}
            onClick={() => begin(one)}
          >
            {one === 'note' && <Icon of={IconLock} size={15} />}
            {t(`desk.compose.${one}`)}
          </button>
        ))}
      </div>
      {kind === 'reply' && held ? (
        <OutgoingPill held={held} />
      ) : (
        <Writing key={kind} ticket={ticket} kind={kind} box={box} />
      )}
    </section>
  );
}

interface WritingProps {
  ticket: Ticket;
  kind: DraftKind;
  box: React.RefObject<HTMLTextAreaElement | null>;
}

function Writing({ ticket, kind, box }: WritingProps) {
  const { accountId } = useMe();
  const keeper = keeperOf(accountId, ticket.id, kind);
  const draft = useStore(keeper.state);
  const { seen, isBehind, catchUp } = useSeen(ticket, draft.text);
  const language = draft.language ?? ticket.answerLanguage;
  return (
    <>
      {kind === 'reply' && <Collision ticket={ticket} isBehind={isBehind} catchUp={catchUp} />}
      <WritingBox ticket={ticket} keeper={keeper} draft={draft} box={box} language={language} />
      <FileChips at={`${ticket.id}:${kind}`} />
      <ComposerFoot
        ticket={ticket}
        keeper={keeper}
        draft={draft}
        language={language}
        seenMessageId={seen}
        languageMenu={
          kind === 'reply' && <LanguageMenu value={language} onChange={(next) => keeper.edit({ language: next })} />
        }
        box={box}
      />
    </>
  );
}

/** Somebody wrote meanwhile: read first, or send all the same. */
function Collision({ ticket, isBehind, catchUp }: { ticket: Ticket; isBehind: boolean; catchUp: () => void }) {
  const client = useQueryClient();
  const refused = useStore(refusedReplies).get(ticket.id);
  if (!refused && !isBehind) return null;
  const read = () => {
    catchUp();
    refusedReplies.set((now) => new Map([...now].filter(([id]) => id !== ticket.id)));
    document.getElementById(`message-${ticket.lastMessageId}`)?.scrollIntoView({ block: 'center' });
  };
  return (
    <div className="alert warn" role="alert">
      <Icon of={IconAlertTriangle} />
      <span className="grow">{t(refused ? 'desk.compose.refused' : 'desk.compose.behind')}</span>
      <Btn small onClick={read}>
        {t('desk.compose.read')}
      </Btn>
      {refused && (
        <Btn small onClick={() => holdReply(client, { ...refused, body: { ...refused.body, force: true } }, 0)}>
          {t('desk.compose.force')}
        </Btn>
      )}
    </div>
  );
}
