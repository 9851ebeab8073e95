import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { t } from '@app/ui/i18n';
import type { Me } from './me';
import { SignInForm } from './sign-in-form';

/** What was typed stays below. Another person starts afresh: the page is loaded anew. */
export function SignInAgain({ before, onDone }: { before: Me; onDone: (me: Me) => void }) {
  const client = useQueryClient();
  const done = (me: Me) => {
    if (me.accountId !== before.accountId || me.role !== before.role) return location.reload();
    onDone(me);
    void client.invalidateQueries();
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={t('desk.signin.againTitle')}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size={420}
    >
      <div className="stacked">
        <p>{t('desk.signin.againText')}</p>
        <SignInForm onDone={done} />
      </div>
    </Modal>
  );
}
