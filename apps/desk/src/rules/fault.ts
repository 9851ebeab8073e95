import { ApiProblem } from '@app/ui/api';
import { hasText, t } from '@app/ui/i18n';
import { faultText as formFault } from '../forms/use-write';

/** What is wrong at a place of the body, in words; null when nothing is. `below`: or at any place under it. */
export function faultAt(problem: unknown, pointer: string, below = false): string | null {
  if (!(problem instanceof ApiProblem)) return null;
  const found = problem.errors.find(
    (one) => one.pointer === pointer || (below && one.pointer.startsWith(`${pointer}/`)),
  );
  return found ? faultText(found.code) : null;
}

/** In the words of rules where they have some, else of every form. */
function faultText(code: string): string {
  const id = `rules.fault.${code}`;
  return hasText(id) ? t(id) : formFault(code);
}
