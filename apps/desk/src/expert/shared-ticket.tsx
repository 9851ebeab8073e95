import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { ticketQuery } from '../data/queries';
import { Thread } from '../ticket/thread';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Reference } from '../ui/reference';

interface SharedTicketProps {
  of: { reference: string; subject: string; ticketId: string };
  onClose: () => void;
  children: ReactNode;
}

/** The ticket as far as it is lent: what was said in public, read only. */
export function SharedTicket({ of, onClose, children }: SharedTicketProps) {
  const { data: ticket } = useQuery(ticketQuery(of.ticketId));
  return (
    <main className="conv" id="main" tabIndex={-1}>
      <div className="ch1">
        <Reference of={of.reference} className="ref" />
        {ticket && <span className="tagl">{t(`desk.kind.${ticket.kind}`)}</span>}
        {ticket && <span className="tagl lg">{t(`desk.lang.${ticket.language}`)}</span>}
        <Btn look="quiet" square className="end" aria-label={t('desk.common.close')} onClick={onClose}>
          <Icon of={IconX} size={18} />
        </Btn>
      </div>
      <div className="ch2">
        <h1>
          <UserLine text={of.subject} cut className="ell" />
        </h1>
      </div>
      {ticket ? <Thread ticket={ticket} address={of.ticketId} /> : <div className="thread" aria-busy="true" />}
      {children}
    </main>
  );
}
