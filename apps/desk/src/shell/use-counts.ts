import { useQuery } from '@tanstack/react-query';
import { consultationsWaitingQuery, countsQuery, owedQuery, validationsWaitingQuery, workQuery } from '../data/queries';
import { useMay } from '../session/me';

/** Live counts on the rail, by the name an entry asks for. */
export function useCounts(): Record<string, number | undefined> {
  const may = useMay();
  const work = useQuery({ ...workQuery, enabled: may('work:do') });
  const asked = useQuery({ ...consultationsWaitingQuery, enabled: may('consultations:answer') });
  const drafts = useQuery({ ...validationsWaitingQuery, enabled: may('validations:decide') });
  const views = useQuery({ ...countsQuery, enabled: may('views:use') });
  const owed = useQuery({ ...owedQuery, enabled: may('callbacks:read') });
  return {
    mine: views.data?.mine,
    work: work.data?.items.length,
    callbacks: owed.data?.items.length,
    opinions: (asked.data?.items.length ?? 0) + (drafts.data?.items.length ?? 0),
  };
}
