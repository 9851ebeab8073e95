import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem, problemText } from '@app/ui/api';
import { hasText, t } from '@app/ui/i18n';
import { toast } from '../ui/toast-store';

/** Words for what is wrong at a place of the body, or below it. */
export function refusedAt(problem: unknown, pointer: string): string | null {
  if (!(problem instanceof ApiProblem)) return null;
  const found = problem.errors.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  if (!found) return null;
  const id = `system.wrong.${found.code}`;
  return t(hasText(id) ? id : 'system.wrong.other');
}

/** Somebody was faster: what is stored is read anew, what was typed stays. */
export function onRefused(client: QueryClient, key: string, problem: unknown): void {
  if (problem instanceof ApiProblem && problem.status === 412) void client.invalidateQueries({ queryKey: [key] });
  toast({ text: problemText(problem), bad: true });
}
