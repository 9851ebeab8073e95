import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, Link } from '@tanstack/react-router';
import { IconMapPinOff } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { areaScreen } from './area';
import { readCallReportSearch, readCallSearch, readWatched } from './calls/call-search';
import { readCallbackSearch } from './calls/callback-search';
import { readReportSearch } from './supervise/report-search';
import { readInboxSearch } from './inbox/inbox-search';
import { useMe } from './session/me';
import { homeOf } from './shell/rail-entries';
import { readAuditSearch } from './system/audit-search';
import { Shell } from './shell/shell';
import { Btn } from './ui/button';
import { Empty } from './ui/empty';
import { Page } from './ui/page';

/**
 * Every address of the desk, in one place. A screen is a lazy chunk of its area; what a role may not open is not on its rail, and the
 * API refuses it anyway. Supervisors' areas lie under `/sup`, the administration under `/admin`.
 */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Broken });

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox/$view',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./inbox/inbox.screen'), 'InboxScreen'),
});

const ticket = createRoute({
  getParentRoute: () => root,
  path: '/t/$ticket',
  component: lazyRouteComponent(() => import('./ticket/ticket.screen'), 'TicketScreen'),
});

const create = createRoute({
  getParentRoute: () => root,
  path: '/new',
  component: areaScreen('intake', () => import('./intake/new.screen'), 'NewTicketScreen'),
});

const work = createRoute({
  getParentRoute: () => root,
  path: '/work',
  component: lazyRouteComponent(() => import('./work/work.screen'), 'WorkScreen'),
});

const calls = createRoute({
  getParentRoute: () => root,
  path: '/calls',
  validateSearch: readCallSearch,
  component: areaScreen('calls', () => import('./calls/calls.screen'), 'CallsScreen'),
});

const callbacks = createRoute({
  getParentRoute: () => root,
  path: '/callbacks',
  validateSearch: readCallbackSearch,
  component: areaScreen('calls', () => import('./calls/callbacks.screen'), 'CallbacksScreen'),
});

const expert = createRoute({
  getParentRoute: () => root,
  path: '/expert',
  validateSearch: (search: Record<string, unknown>): { item?: string } =>
    typeof search.item === 'string' ? { item: search.item } : {},
  component: lazyRouteComponent(() => import('./expert/expert.screen'), 'ExpertScreen'),
});

const wall = createRoute({
  getParentRoute: () => root,
  path: '/sup/wall',
  validateSearch: (search: Record<string, unknown>): { hub?: string; tv?: 1 } => ({
    ...(typeof search.hub === 'string' ? { hub: search.hub } : {}),
    ...(Number(search.tv) === 1 ? { tv: 1 } : {}),
  }),
  component: areaScreen('supervise', () => import('./supervise/wall.screen'), 'WallScreen'),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  component: areaScreen('admin', () => import('./admin/admin.screen'), 'AdminScreen'),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: '/sup/reports',
  validateSearch: readReportSearch,
  component: areaScreen('supervise', () => import('./supervise/report.screen'), 'ReportScreen'),
});

const hubs = createRoute({
  getParentRoute: () => root,
  path: '/admin/hubs',
  component: areaScreen('programme', () => import('./programme/hubs.screen'), 'HubsScreen'),
});

const categories = createRoute({
  getParentRoute: () => root,
  path: '/admin/categories',
  component: areaScreen('programme', () => import('./programme/categories.screen'), 'CategoriesScreen'),
});

const branding = createRoute({
  getParentRoute: () => root,
  path: '/admin/branding',
  component: areaScreen('programme', () => import('./programme/branding.screen'), 'BrandingScreen'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/admin/people',
  component: areaScreen('people', () => import('./people/people.screen'), 'PeopleScreen'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/admin/audit',
  validateSearch: readAuditSearch,
  component: areaScreen('system', () => import('./system/audit.screen'), 'AuditScreen'),
});

const state = createRoute({
  getParentRoute: () => root,
  path: '/admin/system',
  component: areaScreen('system', () => import('./system/state.screen'), 'StateScreen'),
});

const macros = createRoute({
  getParentRoute: () => root,
  path: '/admin/macros',
  component: areaScreen('system', () => import('./system/macros.screen'), 'MacrosScreen'),
});

const mailTexts = createRoute({
  getParentRoute: () => root,
  path: '/admin/mail-texts',
  component: areaScreen('system', () => import('./system/mail-texts.screen'), 'MailTextsScreen'),
});

const calendars = createRoute({
  getParentRoute: () => root,
  path: '/admin/calendars',
  component: areaScreen('rules', () => import('./rules/calendars.screen'), 'CalendarsScreen'),
});

const policies = createRoute({
  getParentRoute: () => root,
  path: '/admin/policies',
  validateSearch: (search: Record<string, unknown>): { policy?: string; like?: string } => ({
    ...(typeof search.policy === 'string' ? { policy: search.policy } : {}),
    ...(typeof search.like === 'string' ? { like: search.like } : {}),
  }),
  component: areaScreen('rules', () => import('./policies/policies.screen'), 'PoliciesScreen'),
});

/** Which hub the programme looks at. */
const readHub = (search: Record<string, unknown>): { hub?: string } =>
  typeof search.hub === 'string' ? { hub: search.hub } : {};

const routing = createRoute({
  getParentRoute: () => root,
  path: '/admin/routing',
  validateSearch: readHub,
  component: areaScreen('rules', () => import('./routing/routing.screen'), 'RoutingScreen'),
});

const queues = createRoute({
  getParentRoute: () => root,
  path: '/admin/queues',
  validateSearch: readHub,
  component: areaScreen('rules', () => import('./routing/queues.screen'), 'QueuesScreen'),
});

const skills = createRoute({
  getParentRoute: () => root,
  path: '/admin/skills',
  validateSearch: readHub,
  component: areaScreen('rules', () => import('./routing/skills.screen'), 'SkillsScreen'),
});

const callReport = createRoute({
  getParentRoute: () => root,
  path: '/sup/calls',
  validateSearch: readCallReportSearch,
  component: areaScreen('supervise', () => import('./supervise/call-report.screen'), 'CallReportScreen'),
});

const telephony = createRoute({
  getParentRoute: () => root,
  path: '/admin/telephony',
  validateSearch: readWatched,
  component: areaScreen('calls', () => import('./calls/telephony.screen'), 'TelephonyScreen'),
});

const ratings = createRoute({
  getParentRoute: () => root,
  path: '/sup/ratings',
  validateSearch: (search: Record<string, unknown>): { days?: number; score?: number } => ({
    ...([7, 30, 90, 365].includes(Number(search.days)) ? { days: Number(search.days) } : {}),
    ...([1, 2, 3, 4, 5].includes(Number(search.score)) ? { score: Number(search.score) } : {}),
  }),
  component: areaScreen('supervise', () => import('./supervise/ratings.screen'), 'RatingsScreen'),
});

const routeTree = root.addChildren([
  home,
  inbox,
  ticket,
  create,
  work,
  calls,
  callbacks,
  expert,
  wall,
  reports,
  ratings,
  callReport,
  telephony,
  admin,
  hubs,
  categories,
  branding,
  people,
  calendars,
  policies,
  routing,
  queues,
  skills,
  audit,
  state,
  macros,
  mailTexts,
]);

export const router = createRouter({
  routeTree,
  basepath: '/desk',
  defaultPreload: 'intent',
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function Home() {
  const { role } = useMe();
  return <Navigate to={homeOf(role)} replace />;
}

function NotFound() {
  return (
    <Page title={t('desk.notFound.title')}>
      <Empty
        icon={IconMapPinOff}
        title={t('desk.notFound.title')}
        text={t('desk.notFound.text')}
        action={
          <Link to="/" className="btn p">
            {t('desk.notFound.home')}
          </Link>
        }
      />
    </Page>
  );
}

/** A bug of ours: says so, keeps the rail, and the rest of the desk goes on. */
function Broken({ reset }: { reset: () => void }) {
  return (
    <Page title={t('desk.broken.title')}>
      <Empty
        icon={IconMapPinOff}
        title={t('desk.broken.title')}
        text={t('desk.broken.text')}
        action={
          <Btn look="primary" onClick={reset}>
            {t('desk.common.again')}
          </Btn>
        }
      />
    </Page>
  );
}
