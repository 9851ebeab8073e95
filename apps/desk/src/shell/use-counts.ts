import { useQuery } from '@tanstack/react-query';
import { workQuery } from '../data/queries';
import { useMay } from '../session/me';

/** Live counts on the rail, by the name an entry asks for. */
export function useCounts(): Record<string, number | undefined> {
  const may = useMay();
  const work = useQuery({ ...workQuery, enabled: may('work:do') });
  return { work: work.data?.items.length };
}
