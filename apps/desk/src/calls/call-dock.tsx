import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { areaPart } from '../area';
import { useStore } from '../data/store';
import { heldCall, liveCallsQuery } from './live-calls';

const CallPanel = lazy(areaPart('calls', async () => ({ default: (await import('./call-panel')).CallPanel })));

/** The panel is fetched with the first call: hubs without a telephone system never have one. */
export function CallDock() {
  const { data } = useQuery(liveCallsQuery);
  const held = useStore(heldCall);
  const [wanted, setWanted] = useState(false);
  const any = held !== null || (data?.items.length ?? 0) > 0;
  if (any && !wanted) setWanted(true);
  return <Suspense fallback={null}>{wanted && <CallPanel />}</Suspense>;
}
