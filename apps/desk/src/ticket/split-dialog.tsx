import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconClock, IconCopy, IconRotate } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { listsStale } from '../data/live';
import { messagesQuery, type Message, type Ticket } from '../data/queries';
import { CategoryField } from '../ui/category-field';
import { Consequences } from '../ui/consequences';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import { undoSplit } from './undo-split';

const UNDO_MS = 10_000;

const consequences = () => [
  { icon: IconCopy, text: t('acts.split.copies') },
  { icon: IconClock, text: t('acts.split.promise') },
  { icon: IconRotate, text: t('acts.split.undo') },
];

/** Several questions in one ticket: chosen messages begin one of their own. What that means is said first, and it can be taken back for a day. */
export function SplitDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useRef(crypto.randomUUID());
  const { data } = useQuery(messagesQuery(ticket.id));
  const messages = (data?.items ?? []).filter((one) => one.kind !== 'system');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [subject, setSubject] = useState('');
  const [categoryCode, setCategory] = useState(ticket.category.code);
  const asks = messages.some((one) => chosen.includes(one.id) && isQuestion(one));
  const split = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/v1/tickets/{ticket}/splits', {
          params: { path: { ticket: ticket.id }, header: { 'Idempotency-Key': key.current } },
          body: { messageIds: [...chosen], subject: subject.trim(), categoryCode },
        }),
      ),
    onSuccess: ({ ticket: made }) => {
      for (const name of ['relations', 'events', 'counts']) void client.invalidateQueries({ queryKey: [name] });
      listsStale.set((count) => count + 1);
      const back = () =>
        undoSplit(client, made.id).then(() => navigate({ to: '/t/$ticket', params: { ticket: ticket.reference } }));
      toast({
        text: t('acts.split.done', { reference: made.reference }),
        ms: UNDO_MS,
        action: { label: t('desk.common.undo'), run: () => void back() },
      });
      onClose();
      void navigate({ to: '/t/$ticket', params: { ticket: made.reference } });
    },
    // What was refused may be put right and sent again: that is another request.
    onError: () => {
      key.current = crypto.randomUUID();
    },
  });
  const toggle = (id: string, on: boolean) =>
    setChosen(messages.map((one) => one.id).filter((one) => (one === id ? on : chosen.includes(one))));
  return (
    <Dialog
      title={t('acts.split.title')}
      onClose={onClose}
      confirm={t('acts.split.confirm')}
      onConfirm={() => split.mutate()}
      busy={split.isPending}
      disabled={!asks || subject.trim() === ''}
      problem={split.error ? problemText(split.error) : null}
      wide
    >
      <fieldset className="field plain">
        <legend className="lab">{t('acts.split.messages')}</legend>
        <div className="choices pick-messages">
          {messages.map((one) => (
            <MessageChoice
              key={one.id}
              message={one}
              checked={chosen.includes(one.id)}
              onChange={(on) => toggle(one.id, on)}
            />
          ))}
        </div>
        <span className="hint">{t('acts.split.hint')}</span>
      </fieldset>
      <Field label={t('acts.split.subject')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={200}
            value={subject}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
        )}
      </Field>
      <CategoryField label={t('desk.details.category')} value={categoryCode} onChange={setCategory} />
      <Consequences of={consequences()} />
    </Dialog>
  );
}

const isQuestion = (message: Message): boolean => message.kind === 'reply' && message.authorKind === 'requester';

interface MessageChoiceProps {
  message: Message;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function MessageChoice({ message, checked, onChange }: MessageChoiceProps) {
  return (
    <label className="choice">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span className="grow">
        <span className="mut xs">
          <bdi>{message.authorName || t('desk.thread.requester')}</bdi> ·{' '}
          <DateTime at={message.createdAt} style="dateTime" />
          {message.kind === 'note' && <> · {t('desk.thread.note')}</>}
        </span>
        <UserLine text={message.body} cut />
      </span>
    </label>
  );
}
