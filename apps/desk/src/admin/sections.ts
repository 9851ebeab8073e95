import {
  IconCalendarEvent,
  IconHourglassHigh,
  IconRoute,
  IconSchool,
  IconStack2,
  IconCategory,
  IconHistory,
  IconMap2,
  IconMailCog,
  IconMessage2Bolt,
  IconPhone,
  IconPalette,
  IconServerCog,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';

export interface AdminSection {
  /** Catalogue: `admin.section.<id>` and `admin.about.<id>`. */
  id: string;
  to: string;
  icon: Icon;
  /** Any of these opens it. */
  permissions: readonly string[];
}

/** What can be set, in the order of the index. An area adds its line here, its words to the admin catalogues and its address in `routes.tsx`. */
export const SECTIONS: readonly AdminSection[] = [
  { id: 'hubs', to: '/admin/hubs', icon: IconMap2, permissions: ['programme:manage'] },
  { id: 'people', to: '/admin/people', icon: IconUsers, permissions: ['people:manage'] },
  { id: 'policies', to: '/admin/policies', icon: IconHourglassHigh, permissions: ['sla:publish'] },
  { id: 'calendars', to: '/admin/calendars', icon: IconCalendarEvent, permissions: ['sla:publish'] },
  { id: 'routing', to: '/admin/routing', icon: IconRoute, permissions: ['routing:read'] },
  { id: 'queues', to: '/admin/queues', icon: IconStack2, permissions: ['routing:read'] },
  { id: 'skills', to: '/admin/skills', icon: IconSchool, permissions: ['routing:read'] },
  { id: 'categories', to: '/admin/categories', icon: IconCategory, permissions: ['programme:manage'] },
  { id: 'branding', to: '/admin/branding', icon: IconPalette, permissions: ['branding:write'] },
  { id: 'telephony', to: '/admin/telephony', icon: IconPhone, permissions: ['telephony:manage'] },
  { id: 'macros', to: '/admin/macros', icon: IconMessage2Bolt, permissions: ['macros:write'] },
  { id: 'mailTexts', to: '/admin/mail-texts', icon: IconMailCog, permissions: ['mail-texts:write'] },
  { id: 'audit', to: '/admin/audit', icon: IconHistory, permissions: ['audit:read'] },
  { id: 'system', to: '/admin/system', icon: IconServerCog, permissions: ['system:manage'] },
];
