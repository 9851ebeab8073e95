/** What the address says of the audit log. */
export interface AuditSearch {
  actor?: string;
  type?: string;
  ticket?: string;
  from?: string;
  to?: string;
}

const KEYS = ['actor', 'type', 'ticket', 'from', 'to'] as const;

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      // A router may read a figure where a text was meant.
      const value = search[key];
      const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
      return text ? [[key, text]] : [];
    }),
  );
}
