import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, problemText } from '@app/ui/api';
import { hasText, t } from '@app/ui/i18n';

export interface Write {
  busy: boolean;
  /** A refusal in words, when no field of the form is named. */
  problem: string | null;
  /** As it came, for fields that read it themselves. */
  refusal: unknown;
  /** What is wrong with the field that the pointer names. */
  faultOf: (pointer: string) => string | null;
  /** Others were quicker, and that was said. */
  outdated: boolean;
  /** Answers whether it was done. */
  run: (act: () => Promise<void>) => Promise<boolean>;
}

/**
 * One write of a form: what it changes is read anew, after a stale version too, while what was typed stays. `shown` are the pointers that
 * have a field; a refusal of anything else is said above the buttons, in the `words` of its code when the form knows better.
 */
export function useWrite(
  keys: readonly string[],
  shown: readonly string[] = [],
  words: Partial<Record<string, string>> = {},
): Write {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [outdated, setOutdated] = useState(false);
  const readAgain = () => keys.forEach((key) => void client.invalidateQueries({ queryKey: [key] }));
  const run = async (act: () => Promise<void>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setRefusal(null);
    try {
      await act();
      readAgain();
      return true;
    } catch (problem) {
      setRefusal(problem);
      if (problem instanceof ApiProblem && problem.status === 412) setOutdated(true);
      if (problem instanceof ApiProblem && (problem.status === 412 || problem.status === 404)) readAgain();
      return false;
    } finally {
      setBusy(false);
    }
  };
  const faults = refusal instanceof ApiProblem ? refusal.errors : [];
  const better = refusal instanceof ApiProblem ? words[refusal.code] : undefined;
  const named = faults.some((one) => shown.includes(one.pointer));
  return {
    busy,
    problem: refusal && !named ? (better ? t(better) : problemText(refusal)) : null,
    refusal,
    faultOf: faultsOf(refusal),
    outdated,
    run,
  };
}

/** The version that somebody began to change: a later one, read meanwhile, is written over only after they were told of it. */
export function useBase({ outdated }: Pick<Write, 'outdated'>, latest: number | undefined): number {
  const [first, setFirst] = useState(latest);
  if (first === undefined && latest !== undefined) setFirst(latest); // read after the form opened
  return (outdated ? latest : (first ?? latest)) ?? 0;
}

/** What a refusal says of the fields that it names. */
export function faultsOf(problem: unknown): (pointer: string) => string | null {
  const faults = problem instanceof ApiProblem ? problem.errors : [];
  return (pointer) => {
    const found = faults.find((one) => one.pointer === pointer);
    return found ? faultText(found.code) : null;
  };
}

/** Why a field was refused. */
export function faultText(code: string): string {
  const id = `forms.fault.${code}`;
  return t(hasText(id) ? id : 'forms.fault.other');
}
