import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../session/me';
import { homeOf } from '../shell/rail-entries';
import '../styles/inbox.css';
import { TicketPane } from './ticket-pane';

/** One ticket by itself: from a link, a notification, the palette. */
export function TicketScreen() {
  const { ticket } = useParams({ from: '/t/$ticket' });
  const { role } = useMe();
  const navigate = useNavigate();
  const [drawer, setDrawer] = useState<'list' | 'context' | null>(null);
  return (
    <div
      className="inbox alone with-ctx"
      data-drawer={drawer ?? undefined}
      onKeyDown={(event) => event.key === 'Escape' && setDrawer(null)}
    >
      <TicketPane
        key={ticket}
        ticket={ticket}
        onClose={() => void navigate({ to: homeOf(role) })}
        onDrawer={setDrawer}
        alone
      />
      <div className="scrim" onClick={() => setDrawer(null)} />
    </div>
  );
}
