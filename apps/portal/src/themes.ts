import type { IconName } from './icon';

/** What people ask most, in their words, with the category it falls under. */
export const FREQUENT: readonly { code: string; icon: IconName; id: string }[] = [
  { code: 'CRE.05', icon: 'stamp', id: 'portal.frequent.refusal' },
  { code: 'CRE.04', icon: 'clock', id: 'portal.frequent.receipt' },
  { code: 'GOU.04', icon: 'people', id: 'portal.frequent.board' },
  { code: 'FIN.04', icon: 'money', id: 'portal.frequent.abroad' },
  { code: 'STA.03', icon: 'pin', id: 'portal.frequent.seat' },
];

/** The six tiles; the last one opens all themes. */
export const TILES: readonly { theme: string; icon: IconName; id: string }[] = [
  { theme: 'CRE', icon: 'stamp', id: 'portal.tile.CRE' },
  { theme: 'GOU', icon: 'people', id: 'portal.tile.GOU' },
  { theme: 'FIN', icon: 'money', id: 'portal.tile.FIN' },
  { theme: 'STA', icon: 'paper', id: 'portal.tile.STA' },
  { theme: 'EMP', icon: 'person', id: 'portal.tile.EMP' },
];
