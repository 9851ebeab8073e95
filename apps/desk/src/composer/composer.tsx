import type { Ticket } from '../data/queries';

/** What one answers with. */
export function Composer({ ticket, address }: { ticket: Ticket; address: string }) {
  return ticket && address ? null : null;
}
