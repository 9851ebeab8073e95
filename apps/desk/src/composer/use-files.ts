import { useStore } from '../data/store';
import type { DraftKeeper } from './draft-keeper';
import { uploads } from './uploads';

/** Files belong to the ticket and to what is written: a note's do not leave with a reply. */
export function filesAt(keeper: DraftKeeper): string {
  return `${keeper.ticketId}:${keeper.kind}`;
}

export function useFiles(keeper: DraftKeeper) {
  const files = useStore(uploads).get(filesAt(keeper)) ?? [];
  const uploadIds = files.flatMap((one) => (one.done ? [one.done.id] : []));
  return { uploadIds, isSending: files.some((one) => !one.done && !one.problem) };
}
