import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { UserText } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { sendNow, takeBack, type Outgoing } from './outgoing';

const SECOND_MS = 1_000;

/** The reply that leaves in a moment, and the way to take it back. */
export function OutgoingPill({ held }: { held: Outgoing }) {
  const client = useQueryClient();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS / 4);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((held.leavesAt - now) / SECOND_MS));
  return (
    <div className="leaving">
      <div className="leaving-text">
        <UserText text={held.body.body} />
      </div>
      <div className="row">
        <span className="toast">
          <span role="status" aria-live="off">
            {t('desk.compose.leaving', { n: seconds })}
          </span>
          <button type="button" className="act" autoFocus onClick={() => takeBack(held.ticketId)}>
            {t('desk.common.undo')}
          </button>
        </span>
        <Btn look="quiet" onClick={() => void sendNow(client, held.ticketId)}>
          {t('desk.compose.sendNow')}
        </Btn>
      </div>
    </div>
  );
}
