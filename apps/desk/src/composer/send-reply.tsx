import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconSend, IconShieldCheck } from '@tabler/icons-react';
import { unfilled } from '@app/domain/macro';
import { api, ApiProblem, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useCommands } from '../keyboard/commands';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import type { ComposerFootProps } from './foot-props';
import { useFiles } from './use-files';
import { HOLD_SECONDS, postMessage, refreshTicket, type Outcome } from './outgoing';

interface Sending {
  outcome: Outcome;
  force?: boolean;
}

/** Checks, hands over, and says what stands against it. */
function useSending({ ticket, keeper, draft, language, seenMessageId, onStale }: ComposerFootProps) {
  const client = useQueryClient();
  const { uploadIds, isSending } = useFiles(keeper);
  const reply = ({ outcome, force }: Sending) => ({
    body: draft.text.trim(),
    outcome,
    language,
    ...(seenMessageId ? { seenMessageId } : {}),
    ...(force ? { force } : {}),
  });
  const post = useMutation({
    mutationFn: (one: Sending) =>
      postMessage(client, keeper, { kind: 'reply', ...reply(one), uploadIds, sendAfterSeconds: HOLD_SECONDS }),
    onSuccess: () => onStale(null),
    onError: (problem, one) => {
      if (!(problem instanceof ApiProblem) || problem.code !== 'stale_reply') return refused(problem);
      refreshTicket(client);
      onStale(() => post.mutate({ ...one, force: true }));
    },
  });
  const validate = useMutation({
    mutationFn: (one: Sending) =>
      call(
        api.POST('/api/v1/tickets/{ticket}/validations', { params: { path: { ticket: ticket.id } }, body: reply(one) }),
      ),
    onSuccess: () => {
      void keeper.clear(true);
      refreshTicket(client);
      toast({ text: t('desk.validation.asked') });
    },
    onError: refused,
  });
  const isReady = draft.text.trim() !== '' && !isSending;
  const send = (outcome: Outcome) => {
    if (!isReady || post.isPending || validate.isPending) return;
    const [missing] = unfilled(draft.text);
    if (missing) return toast({ text: t('desk.compose.unfilled', { name: missing }), bad: true });
    if (ticket.needsValidation) validate.mutate({ outcome });
    else post.mutate({ outcome });
  };
  return { send, isReady, isBusy: post.isPending || validate.isPending };
}

function refused(problem: unknown): void {
  if (problem instanceof ApiProblem && problem.status === 401) return;
  toast({ text: problemText(problem), bad: true });
}

/** The ways to send. An answer that somebody else must read first is handed to that person instead. */
export function SendReply(props: ComposerFootProps) {
  const { ticket, language } = props;
  const { send, isReady, isBusy } = useSending(props);
  const reads = ticket.needsValidation;
  useCommands([
    { id: 'write.send', key: 'mod+Enter', group: 'write', whileWriting: true, run: () => send('answered') },
    { id: 'write.sendPending', group: 'write', run: () => send('pending') },
    { id: 'write.sendResolved', group: 'write', run: () => send('resolved') },
  ]);
  return (
    <>
      <span className="xs mut nw">
        {t(reads ? 'desk.compose.toValidator' : `desk.compose.to.${ticket.channel}`)} ·{' '}
        {t(`desk.compose.in.${language}`)}
      </span>
      {!reads && (
        <Btn className="wide" disabled={!isReady} busy={isBusy} onClick={() => send('pending')}>
          {t('desk.compose.sendPending')}
        </Btn>
      )}
      <span className="split">
        <Btn look="primary" disabled={!isReady} busy={isBusy} onClick={() => send('answered')}>
          <Icon of={reads ? IconShieldCheck : IconSend} size={15} flip={!reads} />
          {t(reads ? 'desk.validation.ask' : 'desk.compose.send')}
        </Btn>
        <Menu position="top-end" width={280}>
          <Menu.Target>
            <Btn look="primary" disabled={!isReady} aria-label={t('desk.compose.otherSends')}>
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
