import { useCallback, useEffect, useMemo, useRef } from 'react';
import { live } from '../data/live';

const AGAIN_MS = 5_000;
const IDLE_MS = 7_000;

/** Colleagues see that somebody writes: said at most every five seconds, taken back when it stops. */
export function useTyping(ticketId: string) {
  const said = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stopped = useCallback(() => {
    clearTimeout(timer.current);
    if (said.current > 0) live()?.typing(ticketId, false);
    said.current = 0;
  }, [ticketId]);
  const wrote = useCallback(
    (something: boolean) => {
      if (!something) return stopped();
      const now = Date.now();
      if (now - said.current > AGAIN_MS) {
        said.current = now;
        live()?.typing(ticketId, true);
      }
      clearTimeout(timer.current);
      timer.current = setTimeout(stopped, IDLE_MS);
    },
    [stopped, ticketId],
  );
  useEffect(() => stopped, [stopped]);
  return useMemo(() => ({ wrote, stopped }), [wrote, stopped]);
}
