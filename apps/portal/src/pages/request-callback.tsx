import { Link } from 'wouter';
import { t } from '@app/ui/i18n';
import { loadOpen, slotText } from '../callbacks';
import { Icon } from '../icon';
import { useLoad } from '../load';

const OWN = { placeCode: null };

/** Whether a call is promised for this request, else the way to ask for one. */
export function RequestCallback({ reference }: { reference: string }) {
  const { data } = useLoad(`callback of ${reference}`, () => loadOpen(OWN));
  if (!data) return null;
  const { open } = data;
  return (
    <Link className="big s" href={`/callback?ref=${encodeURIComponent(reference)}`}>
      <Icon name="phone" size={20} />
      <span>
        {open ? `${t('portal.callback.promise')} ` : t('portal.callback.title')}
        {open && slotText({ from: open.windowFrom, to: open.windowTo })}
      </span>
    </Link>
  );
}
