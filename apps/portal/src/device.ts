/** What this device remembers; everything works without it (private windows, full storage). */
export interface KnownRequest {
  reference: string;
  subject: string;
  /** Follow-up code, for those who asked without an account. */
  code: string | null;
  /** As last seen. */
  status: string;
  dueLocal: string | null;
}

const MOST_REQUESTS = 5;

export function recall<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(`sanad.${name}`);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** Null forgets. */
export function remember(name: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(`sanad.${name}`);
    else localStorage.setItem(`sanad.${name}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function knownRequests(): KnownRequest[] {
  return recall<KnownRequest[]>('requests') ?? [];
}

/** The newest first; what is not given stays as it was. */
export function rememberRequest(request: Partial<KnownRequest> & { reference: string }): void {
  const all = knownRequests();
  const before = all.find((one) => one.reference === request.reference);
  const blank = { subject: '', code: null, status: 'new', dueLocal: null };
  const rest = all.filter((one) => one.reference !== request.reference);
  remember('requests', [{ ...blank, ...before, ...request }, ...rest].slice(0, MOST_REQUESTS));
}

export function forgetRequest(reference: string): void {
  remember(
    'requests',
    knownRequests().filter((one) => one.reference !== reference),
  );
}
