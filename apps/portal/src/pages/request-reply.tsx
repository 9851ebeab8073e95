import { useState, type FormEvent } from 'react';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { attemptKey } from '../ask-draft';
import { recall, remember } from '../device';
import { Icon } from '../icon';
import { Refused } from '../states';
import type { Shown } from './request';

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
  const type = (value: string) => {
    setText(value);
    remember(kept, value || null);
    if (state.sent || state.problem) setState({ sending: false, sent: false, problem: null });
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = text.trim();
    if (!body || state.sending) return void document.getElementById('reply')?.focus();
    setState({ sending: true, sent: false, problem: null });
    try {
      const request = { kind: 'reply' as const, body };
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
      remember('attempt', null);
      setState({ sending: false, sent: true, problem: null });
      await followed.reload();
    } catch (problem) {
      setState({ sending: false, sent: false, problem });
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
      <label className="sr" htmlFor="reply">
        {t('portal.reply.label')}
      </label>
      <div className="reply-row">
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
