import { useQuery } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { useRef, useState, type RefObject } from 'react';
import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import { pendingRepliesQuery, type Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay, useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { ComposerFoot } from './composer-foot';
import { Collision, HeldBack } from './collision';
import { keeperOf, type DraftKind } from './draft-keeper';
import { FileChips } from './file-chips';
import { LanguageMenu } from './language-menu';
import { OutgoingPill } from './outgoing-pill';
import { useSeen } from './use-seen';
import { ValidationState } from './validation-state';
import { WritingBox } from './writing-box';

/** What one answers with: to the association, or a note that stays in the hub. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const kinds: DraftKind[] = [];
  if (may('tickets:reply') && may('tickets:claim')) kinds.push('reply');
  if (may('tickets:note')) kinds.push('note');
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
      {kind === 'reply' ? (
        <Reply ticket={ticket} box={box} />
      ) : (
        <Writing key="note" ticket={ticket} kind="note" box={box} />
      )}
    </section>
  );
}

interface BoxProps {
  ticket: Ticket;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** A reply that waits its ten seconds takes the place of the editor. */
function Reply({ ticket, box }: BoxProps) {
  const { accountId } = useMe();
  const { data } = useQuery(pendingRepliesQuery(ticket.id));
  const keeper = keeperOf(accountId, ticket.id, 'reply');
  const mine = (data?.items ?? []).filter((one) => one.authorId === accountId);
  const waiting = mine.find((one) => one.state === 'waiting');
  const refused = mine.find((one) => one.state === 'refused');
  if (waiting) return <OutgoingPill reply={waiting} keeper={keeper} />;
  return (
    <>
      {refused && <HeldBack reply={refused} keeper={keeper} />}
      <ValidationState ticket={ticket} keeper={keeper} />
      <Writing key="reply" ticket={ticket} kind="reply" box={box} />
    </>
  );
}

function Writing({ ticket, kind, box }: BoxProps & { kind: DraftKind }) {
  const { accountId } = useMe();
  const keeper = keeperOf(accountId, ticket.id, kind);
  const draft = useStore(keeper.state);
  const [isRefused, setRefused] = useState(false);
  const force = useRef<(() => void) | null>(null);
  const { seen, isBehind, catchUp } = useSeen(ticket, draft.text);
  const language = draft.language ?? ticket.answerLanguage;
  const read = () => {
    catchUp();
    setRefused(false);
  };
  return (
    <>
      {kind === 'reply' && (
        <Collision
          ticket={ticket}
          isBehind={isBehind}
          isRefused={isRefused}
          onRead={read}
          onForce={() => force.current?.()}
        />
      )}
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
        onStale={(again) => {
          force.current = again;
          setRefused(again !== null);
        }}
      />
    </>
  );
}
