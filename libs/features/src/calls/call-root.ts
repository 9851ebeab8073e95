import { createHash } from 'node:crypto';

/** What names a call to its telephone system. */
export interface Root {
  integrationId: string;
  hubId: string;
  rootId: string;
}

export const rootKey = ({ integrationId, rootId }: Pick<Root, 'integrationId' | 'rootId'>): string =>
  `${integrationId} ${rootId}`;

/** The same id for the same call, so that whoever hears of it first knows it. */
export function callIdOf(root: Pick<Root, 'integrationId' | 'rootId'>): string {
  const hex = createHash('sha256').update(rootKey(root)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
