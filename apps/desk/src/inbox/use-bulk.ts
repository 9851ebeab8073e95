import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { listsStale } from '../data/live';
import type { Ticket, TicketSummary } from '../data/queries';
import { keepTicket } from '../data/ticket-cache';
import { assign, setStatus } from '../ticket/ticket-acts';
import { toast } from '../ui/toast-store';

export type BulkAct = 'claim' | 'release' | 'resolved';
const AT_ONCE = 4;
const UNDO_MS = 10_000;

const ACTS: Record<BulkAct, (row: TicketSummary) => Promise<Ticket>> = {
  claim: (row) => assign(row, 'me'),
  release: (row) => assign(row, null),
  resolved: (row) => setStatus(row, { status: 'resolved' }),
};

/** How each act is taken back: to the person who had it, or open again. */
const BACK: Record<BulkAct, (now: Ticket, before: TicketSummary) => Promise<Ticket>> = {
  claim: (now, before) => assign(now, before.assignee?.id ?? null),
  release: (now, before) => assign(now, before.assignee?.id ?? null),
  resolved: (now) => setStatus(now, { status: 'open' }),
};

interface Outcome {
  done: { before: TicketSummary; now: Ticket }[];
  failed: { row: TicketSummary; problem: unknown }[];
}

/** One request for each row, a few at once: each answers for itself, and those that succeeded can be taken back. */
export function useBulk(chosen: readonly TicketSummary[], clear: () => void) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const run = async (act: BulkAct) => {
    setBusy(true);
    const outcome = await each(chosen, ACTS[act], client);
    setBusy(false);
    clear();
    tell(act, outcome, () => void back(act, outcome, client));
    listsStale.set((count) => count + 1);
  };
  return { busy, run: (act: BulkAct) => void run(act) };
}

async function each(
  rows: readonly TicketSummary[],
  act: (row: TicketSummary) => Promise<Ticket>,
  client: QueryClient,
): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  const waiting = [...rows];
  const worker = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const before = row;
      await act(before).then(
        (now) => {
          keepTicket(client, now);
          outcome.done.push({ before, now });
        },
        (problem: unknown) => outcome.failed.push({ row: before, problem }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcome;
}

function tell(act: BulkAct, { done, failed }: Outcome, undo: () => void): void {
  if (done.length > 0) {
    toast({
      key: 'bulk',
      ms: UNDO_MS,
      text: t(`desk.bulk.done.${act}`, { n: done.length }),
      action: { label: t('desk.common.undo'), run: undo },
    });
  }
  for (const { row, problem } of failed.slice(0, 2)) {
    toast({
      bad: true,
      ms: UNDO_MS,
      text: t('desk.bulk.failed', { reference: row.reference, why: problemText(problem) }),
    });
  }
  if (failed.length > 2) toast({ bad: true, text: t('desk.bulk.failedMore', { n: failed.length - 2 }) });
}

async function back(act: BulkAct, { done }: Outcome, client: QueryClient): Promise<void> {
  await Promise.all(
    done.map(({ before, now }) =>
      BACK[act](now, before).then(
        (ticket) => keepTicket(client, ticket),
        (problem) => toast({ bad: true, text: problemText(problem) }),
      ),
    ),
  );
  listsStale.set((count) => count + 1);
}
