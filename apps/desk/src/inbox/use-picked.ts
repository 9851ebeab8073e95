import { useCallback, useMemo, useState } from 'react';

export interface Picked {
  ids: ReadonlySet<string>;
  /** Adds or takes away; with the order of the list, everything since the last one. */
  toggle: (id: string, order: readonly string[] | null) => void;
  all: (ids: readonly string[]) => void;
  clear: () => void;
}

/** Which rows are selected. */
export function usePicked(): Picked {
  const [{ ids }, setState] = useState<{ ids: ReadonlySet<string>; last: string | null }>({
    ids: new Set(),
    last: null,
  });
  const toggle = useCallback((id: string, order: readonly string[] | null) => {
    setState(({ ids: before, last }) => {
      const next = new Set(before);
      const from = order && last ? order.indexOf(last) : -1;
      const to = order ? order.indexOf(id) : -1;
      if (order && from >= 0 && to >= 0) {
        for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
      } else if (!next.delete(id)) next.add(id);
      return { ids: next, last: id };
    });
  }, []);
  const all = useCallback((every: readonly string[]) => setState({ ids: new Set(every), last: null }), []);
  const clear = useCallback(() => setState({ ids: new Set(), last: null }), []);
  return useMemo(() => ({ ids, toggle, all, clear }), [ids, toggle, all, clear]);
}
