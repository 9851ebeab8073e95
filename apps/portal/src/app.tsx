import { Route, Router, Switch } from 'wouter';
import { screenLocale } from '@app/ui/i18n';
import { lazyPage } from './lazy';
import { OwnColours } from './own-colours';
import { HomePage } from './pages/home';
import { NotFoundPage } from './pages/not-found';

const AskPage = lazyPage(() => import('./pages/ask').then((page) => page.AskPage));
const CallbackPage = lazyPage(() => import('./pages/callback').then((page) => page.CallbackPage));
const SentPage = lazyPage(() => import('./pages/sent').then((page) => page.SentPage));
const FollowPage = lazyPage(() => import('./pages/follow').then((page) => page.FollowPage));
const RequestPage = lazyPage(() => import('./pages/request').then((page) => page.RequestPage));
const RatePage = lazyPage(() => import('./pages/rate').then((page) => page.RatePage));
const SignInPage = lazyPage(() => import('./pages/sign-in').then((page) => page.SignInPage));
const InvitationPage = lazyPage(() => import('./pages/invitation').then((page) => page.InvitationPage));
const MinePage = lazyPage(() => import('./pages/mine').then((page) => page.MinePage));
const AssociationPage = lazyPage(() => import('./pages/association').then((page) => page.AssociationPage));
const HubsPage = lazyPage(() => import('./pages/hubs').then((page) => page.HubsPage));
const DataPage = lazyPage(() => import('./pages/data').then((page) => page.DataPage));

/** Home is in the first load, every other page is fetched when it is opened. */
export function App() {
  return (
    <Router base={`/${screenLocale()}`}>
      <OwnColours />
      <Switch>
        <Route path="/">
          <HomePage />
        </Route>
        <Route path="/ask">
          <AskPage />
        </Route>
        <Route path="/callback">
          <CallbackPage />
        </Route>
        <Route path="/sent">
          <SentPage />
        </Route>
        <Route path="/follow">
          <FollowPage />
        </Route>
        <Route path="/r/:reference">
          <RequestPage />
        </Route>
        <Route path="/rate/:token">
          <RatePage />
        </Route>
        <Route path="/sign-in">
          <SignInPage />
        </Route>
        <Route path="/invitation">
          <InvitationPage />
        </Route>
        <Route path="/my">
          <MinePage />
        </Route>
        <Route path="/association">
          <AssociationPage />
        </Route>
        <Route path="/hubs">
          <HubsPage />
        </Route>
        <Route path="/data">
          <DataPage />
        </Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Router>
  );
}
