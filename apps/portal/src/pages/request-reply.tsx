import { useState, type FormEvent } from 'react';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { attemptKey, type DraftFile } from '../ask-draft';
import { recall, remember } from '../device';
import { PickButton, PickedList, usePicker } from '../file-picker';
import { Icon } from '../icon';
import { Refused } from '../states';
import { filesAreGone } from '../uploads';
import type { Shown } from '../following';

const MAX = 20_000;

/** The box at the end of the page; what is typed stays on the device until it is sent. */
export function Reply({ followed }: { followed: Shown }) {
  const { ticket } = followed.data;
  const kept = `reply.${ticket.reference}`;
  const [text, setText] = useState(() => recall<string>(kept) ?? '');
  const [state, setState] = useState<{ sending: boolean; sent: boolean; problem: unknown }>({
    sending: false,
    sent: false,
    problem: null,
  });
  const [files, setFiles] = useState<DraftFile[]>([]);
  const picker = usePicker(files, setFiles, 'session');
  const type = (value: string) => {
    setText(value);
    remember(kept, value || null);
    if (state.sent || state.problem) setState({ sending: false, sent: false, problem: null });
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = text.trim();
    if (!body || state.sending || picker.sending > 0) return void document.getElementById('reply')?.focus();
    setState({ sending: true, sent: false, problem: null });
    try {
      const uploadIds = files.length > 0 ? files.map((file) => file.id) : undefined;
      const request = { kind: 'reply' as const, body, uploadIds };
      await call(
        api.POST('/api/v1/tickets/{ticket}/messages', {
          params: {
            path: { ticket: ticket.id },
            header: { 'Idempotency-Key': attemptKey({ ticket: ticket.id, ...request }) },
          },
          body: request,
        }),
      );
      type('');
      setFiles([]);
      remember('attempt', null);
      setState({ sending: false, sent: true, problem: null });
      await followed.reload();
    } catch (problem) {
      if (filesAreGone(problem)) setFiles([]);
      setState({ sending: false, sent: false, problem: filesAreGone(problem) ? t('portal.files.gone') : problem });
    }
  };
  return (
    <form className="reply" onSubmit={(event) => void send(event)}>
      <Refused problem={state.problem} />
      {state.sent && (
        <p className="sent-note" role="status">
          <Icon name="check" size={20} />
          {t('portal.reply.sent')}
        </p>
      )}
      <PickedList files={files} set={setFiles} picker={picker} />
      <label className="sr" htmlFor="reply">
        {t('portal.reply.label')}
      </label>
      <div className="reply-row">
        <PickButton picker={picker} className="round" icon />
        <textarea
          id="reply"
          className="area"
          dir="auto"
          rows={Math.min(6, Math.max(1, text.split('\n').length))}
          maxLength={MAX}
          value={text}
          placeholder={t('portal.reply.placeholder')}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <button className="go" type="submit" aria-label={t('portal.reply.send')} aria-disabled={state.sending}>
          <Icon name="send" flip />
        </button>
      </div>
    </form>
  );
}
