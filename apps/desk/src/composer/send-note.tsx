import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { colleaguesQuery } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { toast } from '../ui/toast-store';
import type { ComposerFootProps } from './foot-props';
import { useFiles } from './use-files';
import { postMessage } from './outgoing';

/** A note of the hub; those whose names stand behind an @ are called. */
export function SendNote({ keeper, draft }: ComposerFootProps) {
  const client = useQueryClient();
  const may = useMay();
  const { data } = useQuery({ ...colleaguesQuery, enabled: may('tickets:assign') });
  const { uploadIds, isSending } = useFiles(keeper);
  const body = draft.text.trim();
  const post = useMutation({
    mutationFn: () => {
      const mentions = (data?.items ?? []).filter((one) => body.includes(`@${one.name}`)).map((one) => one.accountId);
      return postMessage(client, keeper, { kind: 'note', body, uploadIds, mentions });
    },
    onError: (problem) => {
      if (!(problem instanceof ApiProblem) || problem.status !== 401) toast({ text: problemText(problem), bad: true });
    },
  });
  const send = () => {
    if (body && !post.isPending && !isSending) post.mutate();
  };
  useCommands([{ id: 'write.send', key: 'mod+Enter', group: 'write', whileWriting: true, run: send }]);
  return (
    <>
      <span className="xs mut nw">{t('desk.compose.noteFor')}</span>
      <Btn disabled={body === '' || isSending} busy={post.isPending} onClick={send}>
        {t('desk.compose.addNote')}
      </Btn>
    </>
  );
}
