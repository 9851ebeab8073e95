import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { t } from '@app/ui/i18n';
import { CallDock } from '../calls/call-dock';
import { startLive } from '../data/live';
import { useStore } from '../data/store';
import { useKeyboard } from '../keyboard/use-keyboard';
import { useMay } from '../session/me';
import { Toasts } from '../ui/toasts';
import { ConnectionBanner } from './connection-banner';
import { Rail } from './rail';
import { sheets } from './sheets';
import { useShellCommands } from './shell-commands';
import { useHeartbeat } from './use-heartbeat';

const Palette = lazy(() => import('../keyboard/palette').then((found) => ({ default: found.Palette })));
const HelpSheet = lazy(() => import('../keyboard/help-sheet').then((found) => ({ default: found.HelpSheet })));
const OfferCards = lazy(() => import('../work/offer-cards').then((found) => ({ default: found.OfferCards })));

/** What stands around every screen: rail, line state, toasts, palette, offers. */
export function Shell() {
  const client = useQueryClient();
  const may = useMay();
  const sheet = useStore(sheets);
  useEffect(() => startLive(client), [client]);
  useKeyboard();
  useShellCommands();
  useHeartbeat(may('work:do'));
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('desk.common.skip')}
      </a>
      <Rail />
      <ConnectionBanner />
      <div className="area">
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </div>
      {may('calls:write') && <CallDock />}
      <Toasts />
      <Suspense fallback={null}>
        {sheet === 'palette' && <Palette onClose={() => sheets.set(null)} />}
        {sheet === 'help' && <HelpSheet onClose={() => sheets.set(null)} />}
        {may('work:do') && <OfferCards />}
      </Suspense>
    </div>
  );
}
