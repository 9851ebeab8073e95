import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  data: T | null;
  problem: unknown;
  /** True until the first answer. */
  loading: boolean;
  reload(): Promise<void>;
  set(data: T): void;
}

/** Loads when the key changes; what is shown stays when a later load fails. */
export function useLoad<T>(key: string, load: () => Promise<T>, first: T | null = null): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; problem: unknown }>({
    key,
    data: first,
    problem: null,
  });
  const loader = useRef(load);
  loader.current = load;
  const wanted = useRef(key);
  wanted.current = key;
  const reload = useCallback(async () => {
    try {
      const data = await loader.current();
      if (wanted.current === key) setState({ key, data, problem: null });
    } catch (problem) {
      if (wanted.current === key)
        setState((before) => ({ key, data: before.key === key ? before.data : null, problem }));
    }
  }, [key]);
  useEffect(() => void reload(), [reload]);
  const current = state.key === key ? state : { data: null, problem: null };
  return {
    data: current.data,
    problem: current.problem,
    loading: current.data === null && current.problem === null,
    reload,
    set: (data) => setState({ key, data, problem: null }),
  };
}

/** Calls while the page is seen. */
export function useEvery(ms: number, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const run = () => {
      if (!document.hidden) latest.current();
    };
    const timer = setInterval(run, ms);
    document.addEventListener('visibilitychange', run);
    addEventListener('online', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
      removeEventListener('online', run);
    };
  }, [ms]);
}
