import { useEffect, useState } from 'react';
import type { Ticket } from '../data/queries';

/** The newest public message when writing began: what comes in later has not been read by the one who writes. */
export function useSeen({ lastMessageId }: Ticket, text: string) {
  const [seen, setSeen] = useState(lastMessageId);
  const isWriting = text.trim() !== '';
  useEffect(() => {
    if (!isWriting) setSeen(lastMessageId);
  }, [isWriting, lastMessageId]);
  return { seen, isBehind: isWriting && seen !== lastMessageId, catchUp: () => setSeen(lastMessageId) };
}
