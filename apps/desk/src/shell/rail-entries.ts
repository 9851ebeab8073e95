import {
  IconBriefcase,
  IconDeviceDesktopAnalytics,
  IconInbox,
  IconMessagePlus,
  IconPhone,
  IconPhoneCall,
  IconPhoneSpark,
  IconReportAnalytics,
  IconScale,
  IconSettings,
  IconStar,
  type Icon,
} from '@tabler/icons-react';
import type { Role } from '../session/me';

export interface RailEntry {
  /** Catalogue: `desk.rail.<id>`. */
  id: string;
  to: string;
  /** Addresses that begin so belong to the entry. */
  under: string;
  icon: Icon;
  roles: readonly Role[];
  /** Which live count stands on it. */
  count?: 'mine' | 'work' | 'opinions' | 'callbacks';
}

/** Areas by role, in the order of the rail. An area adds its line here and its address in `routes.tsx`. */
export const RAIL: readonly RailEntry[] = [
  { id: 'inbox', to: '/inbox/mine', under: '/inbox', icon: IconInbox, roles: ['agent', 'supervisor'], count: 'mine' },
  { id: 'new', to: '/new', under: '/new', icon: IconMessagePlus, roles: ['agent', 'supervisor'] },
  { id: 'work', to: '/work', under: '/work', icon: IconBriefcase, roles: ['agent', 'supervisor'], count: 'work' },
  { id: 'calls', to: '/calls', under: '/calls', icon: IconPhone, roles: ['agent', 'supervisor'] },
  {
    id: 'callbacks',
    to: '/callbacks',
    under: '/callbacks',
    icon: IconPhoneCall,
    roles: ['agent', 'supervisor'],
    count: 'callbacks',
  },
  {
    id: 'expert',
    to: '/expert',
    under: '/expert',
    icon: IconScale,
    roles: ['expert', 'agent', 'supervisor'],
    count: 'opinions',
  },
  {
    id: 'wall',
    to: '/sup/wall',
    under: '/sup/wall',
    icon: IconDeviceDesktopAnalytics,
    roles: ['supervisor', 'coordinator'],
  },
  {
    id: 'reports',
    to: '/sup/reports',
    under: '/sup/reports',
    icon: IconReportAnalytics,
    roles: ['supervisor', 'coordinator'],
  },
  {
    id: 'callFigures',
    to: '/sup/calls',
    under: '/sup/calls',
    icon: IconPhoneSpark,
    roles: ['supervisor', 'coordinator'],
  },
  { id: 'ratings', to: '/sup/ratings', under: '/sup/ratings', icon: IconStar, roles: ['supervisor'] },
  { id: 'admin', to: '/admin', under: '/admin', icon: IconSettings, roles: ['supervisor', 'coordinator'] },
];

/** Where a role begins. */
export function homeOf(role: Role): string {
  return RAIL.find((entry) => entry.roles.includes(role))?.to ?? '/me';
}
