import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '@app/ui/api';
import { sessionLost } from '../session/session-store';

const TRIES = 2;

/** A refusal is an answer: only silence and overload are asked again. */
function isWorthAgain(failures: number, problem: unknown): boolean {
  const status = problem instanceof ApiProblem ? problem.status : 500;
  return failures < TRIES && (status === 0 || status >= 500);
}

function listen(problem: unknown): void {
  if (problem instanceof ApiProblem && problem.status === 401) sessionLost();
}

/** The server's state. The socket says what changed; nothing is fetched because a window got the focus. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: listen }),
  mutationCache: new MutationCache({ onError: listen }),
  defaultOptions: {
    queries: {
      retry: isWorthAgain,
      retryDelay: 700,
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});
