import { IconInbox } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Empty } from '../ui/empty';
import { useTakeNext } from '../work/use-take-next';

/** Nothing is open: offers the next piece of work. */
export function InboxEmpty({ onOpen }: { onOpen: (reference: string | undefined) => void }) {
  const may = useMay();
  const next = useTakeNext(onOpen);
  return (
    <main className="conv" id="main" tabIndex={-1}>
      <Empty
        icon={IconInbox}
        title={t('desk.inbox.idle')}
        text={t('desk.inbox.idleText')}
        action={
          may('work:do') && (
            <Btn look="primary" busy={next.isPending} onClick={() => next.mutate()}>
              {t('desk.work.next')}
            </Btn>
          )
        }
      />
    </main>
  );
}
