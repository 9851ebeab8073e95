import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { t } from '@app/ui/i18n';
import { offersQuery } from '../data/queries';
import { useStore } from '../data/store';
import { useCommands } from '../keyboard/commands';
import { useMe } from '../session/me';
import { callQuery } from './call-queries';
import { HeldCall } from './held-call';
import { heldCall, holdCall, liveCallsQuery, type Call } from './live-calls';
import { RingingCall } from './ringing-call';
import { usePassed, useRing } from './use-ring';
import '../styles/calls.css';

const MOST_RINGING = 3;

/** Whether it rings for me: on my telephone, offered to me, or at a hub whose telephone system does not say for whom. */
function ringsFor(call: Call, me: string, offered: ReadonlySet<string>): boolean {
  if (offered.has(call.id)) return true;
  if (call.offeredByUs || call.state !== 'ringing' || call.direction !== 'in') return false;
  const named = call.legs.filter((leg) => leg.agent !== null);
  return named.length === 0 || named.some((leg) => leg.agent?.id === me && leg.outcome === 'ringing');
}

/** Calls that ring for me, the longest first, without those I have passed on. */
function useRinging(passed: ReadonlySet<string>): { ringing: Call[]; offers: Map<string, string> } {
  const { accountId } = useMe();
  const live = useQuery(liveCallsQuery).data?.items ?? [];
  const offered = useQuery(offersQuery).data?.items ?? [];
  const offers = new Map(
    offered.flatMap((one) => (one.kind === 'call' && one.subjectId ? [[one.subjectId, one.id] as const] : [])),
  );
  const asked = live
    .filter((one) => (one.state === 'ringing' || offers.has(one.id)) && !passed.has(one.id))
    .slice(-MOST_RINGING);
  const found = useQueries({ queries: asked.map((one) => callQuery(one.id)) });
  const ids = new Set(offers.keys());
  const ringing = found.flatMap(({ data }) => (data && ringsFor(data, accountId, ids) ? [data] : []));
  return { ringing: ringing.reverse(), offers };
}

/** The call in hand stays until I have written it up, whatever screen I go to. */
function useOwn(): string | null {
  const { accountId } = useMe();
  const live = useQuery(liveCallsQuery).data?.items ?? [];
  const mine = live.find((one) => one.agent?.id === accountId && (one.state === 'active' || one.state === 'held'));
  const mineId = mine?.id ?? null;
  useEffect(() => {
    if (mineId !== null && heldCall.get() === null) holdCall(mineId);
  }, [mineId]);
  return useStore(heldCall);
}

/** Docked beside the work, never over it: what rings, and the call in hand until it is written up. */
export function CallPanel() {
  const box = useRef<HTMLElement | null>(null);
  const { passed, pass } = usePassed();
  const { ringing, offers } = useRinging(passed);
  const held = useOwn();
  const shown = ringing.filter((one) => one.id !== held);
  const { silent, unlock } = useRing(shown.length > 0 && held === null);
  const open = shown.length > 0 || held !== null;
  useCommands(
    open
      ? [
          {
            id: 'call.focus',
            key: 'mod+.',
            group: 'app',
            whileWriting: true,
            label: t('calls.command.focus'),
            run: () => box.current?.querySelector<HTMLElement>('[data-first], button, textarea')?.focus(),
          },
        ]
      : [],
  );
  return (
    <>
      <p className="sr" role="alert">
        {shown[0] && t('calls.said', { number: shown[0].numberDisplay ?? t('calls.withheld') })}
      </p>
      {open && (
        <aside className="callp" ref={box} aria-label={t('calls.panel')}>
          {shown.map((one) => (
            <RingingCall
              key={one.id}
              call={one}
              offerId={offers.get(one.id) ?? null}
              silent={silent}
              onUnlock={unlock}
              onTake={() => {
                pass(one.id);
                holdCall(one.id);
              }}
              onPass={() => pass(one.id)}
              mayTake={held === null}
            />
          ))}
          {held !== null && <HeldCall key={held} id={held} />}
        </aside>
      )}
    </>
  );
}
