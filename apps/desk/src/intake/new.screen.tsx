import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { clearUploads, uploads } from '../composer/uploads';
import { listsStale } from '../data/live';
import { useStore } from '../data/store';
import { earlierQuery } from '../data/queries';
import { faultsOf } from '../forms/use-write';
import { useUnsaved } from '../forms/use-unsaved';
import { useCommands } from '../keyboard/commands';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Choices } from '../ui/field';
import { Page } from '../ui/page';
import { Reference } from '../ui/reference';
import { CreatedCard } from './created-card';
import { createBody, EMPTY, HAND_CHANNELS, missingOf, type Created, type NewTicketDraft } from './new-ticket';
import { PromiseBox } from './promise-box';
import { HandlingPart, QuestionPart } from './question-fields';
import { AssociationPart, CallerPart } from './who-fields';
import '../styles/forms.css';

const FILES = 'new';
const MISSING = {
  place: 'intake.place',
  contact: 'intake.contact',
  name: 'intake.name',
  subject: 'intake.subject',
  body: 'intake.body',
  category: 'desk.details.category',
} as const;

/** A question that somebody asks by telephone, by letter or at the desk, written down while they speak. */
export function NewTicketScreen() {
  const { accountId } = useMe();
  const [kept, keep] = useUnsaved<NewTicketDraft>(`new.${accountId}`);
  const [made, setMade] = useState<Created | null>(null);
  const draft = kept ?? EMPTY;
  const set = (part: Partial<NewTicketDraft>) => keep({ ...draft, ...part });
  const clear = () => {
    keep(null);
    clearUploads(FILES);
  };
  const { send, isSending, problem, faultOf, canSend, missing } = useSending(draft, (ticket) => {
    clear();
    setMade(ticket);
  });
  useCommands([{ id: 'new.send', key: 'mod+Enter', group: 'write', whileWriting: true, run: send }]);
  if (made) {
    return (
      <Page title={t('intake.made')}>
        <CreatedCard ticket={made} onAgain={() => setMade(null)} />
      </Page>
    );
  }
  const part = { draft, set, faultOf };
  return (
    <Page title={t('intake.title')} tools={kept && <Btn onClick={clear}>{t('intake.clear')}</Btn>}>
      <form
        className="intake"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="stacked">
          <Part title={t('intake.how')}>
            <ChannelPart draft={draft} set={set} />
          </Part>
          <Part title={t('intake.who')}>
            <AssociationPart {...part} />
            <CallerPart {...part} />
          </Part>
          <Part title={t('intake.what')}>
            <QuestionPart {...part} files={FILES} />
          </Part>
          <Part title={t('intake.handling')}>
            <HandlingPart {...part} />
          </Part>
        </div>
        <aside className="stacked intake-side" aria-label={t('intake.before')}>
          <Part title={t('intake.promise')}>
            <PromiseBox draft={draft} />
            {problem && (
              <p className="alert warn" role="alert">
                {problem}
              </p>
            )}
            <Btn type="submit" look="primary" busy={isSending} disabled={!canSend}>
              {t('intake.send')}
            </Btn>
            {missing.length > 0 && (
              <p className="mut xs">
                {t('intake.missing', { what: missing.map((one) => t(MISSING[one])).join(t('ui.date.comma')) })}
              </p>
            )}
          </Part>
          <Earlier associationId={draft.association?.id ?? null} />
        </aside>
      </form>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card part">
      <h2>{title}</h2>
      <div className="stacked">{children}</div>
    </section>
  );
}

/** The first field has the focus: a caller is already talking. */
function ChannelPart({ draft, set }: { draft: NewTicketDraft; set: (part: Partial<NewTicketDraft>) => void }) {
  const box = useRef<HTMLDivElement | null>(null);
  useEffect(() => box.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  return (
    <div ref={box} className="row-choices">
      <Choices
        label={t('intake.channel')}
        value={draft.channel}
        onChange={(channel) => set({ channel })}
        options={HAND_CHANNELS.map((value) => ({ value, label: t(`desk.channel.${value}`) }))}
      />
    </div>
  );
}

/** Sends once: the same words keep their key, so that a lost answer makes no second ticket. */
function useSending(draft: NewTicketDraft, done: (ticket: Created) => void) {
  const client = useQueryClient();
  const files = useStore(uploads).get(FILES) ?? [];
  const last = useRef({ text: '', key: '' });
  const create = useMutation({
    mutationFn: () => {
      const body = createBody(
        draft,
        files.flatMap((one) => (one.done ? [one.done.id] : [])),
      );
      const text = JSON.stringify(body);
      if (text !== last.current.text) last.current = { text, key: crypto.randomUUID() };
      return call(api.POST('/api/v1/tickets', { params: { header: { 'Idempotency-Key': last.current.key } }, body }));
    },
    onSuccess: (ticket) => {
      void client.invalidateQueries({ queryKey: ['counts'] });
      listsStale.set((count) => count + 1);
      done(ticket);
    },
  });
  const faultOf = faultsOf(create.error);
  const missing = missingOf(draft);
  const isUploading = files.some((one) => !one.done && !one.problem);
  const canSend = missing.length === 0 && !isUploading && !create.isPending;
  const shown = [
    '/subject',
    '/body',
    '/categoryCode',
    '/placeCode',
    '/contact/name',
    '/contact/phone',
    '/contact/email',
  ];
  const isNamed = shown.some((pointer) => faultOf(pointer) !== null);
  return {
    send: () => {
      if (canSend) create.mutate();
    },
    isSending: create.isPending,
    problem: create.error && !isNamed ? problemText(create.error) : null,
    faultOf,
    canSend,
    missing,
  };
}

/** What the association has asked already: perhaps the question goes on there. */
function Earlier({ associationId }: { associationId: string | null }) {
  const { data } = useQuery({ ...earlierQuery(associationId ?? ''), enabled: associationId !== null });
  const items = associationId === null ? [] : (data?.items ?? []);
  if (items.length === 0) return null;
  return (
    <Part title={t('intake.earlier')}>
      <ul className="stacked plain-list">
        {items.slice(0, 5).map((one) => (
          <li key={one.id} className="sm">
            <UserLine text={one.subject} cut />
            <span className="mut xs">
              <Link to="/t/$ticket" params={{ ticket: one.reference }}>
                <Reference of={one.reference} />
              </Link>{' '}
              · {t(`desk.moves.${one.status}`)}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
