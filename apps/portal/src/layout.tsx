import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { screenLocale, t } from '@app/ui/i18n';
import { rememberLocale } from '@app/ui/locale';
import { Icon, Mark, type IconName } from './icon';
import { useChosenPlace } from './own';
import { hubFor, nameOf, usePortal, type PortalHub } from './portal-data';

/** The hub of the place that was chosen on this device. */
export function useOwnHub(): PortalHub | undefined {
  const { data } = usePortal();
  const place = useChosenPlace();
  return data ? hubFor(data, place) : undefined;
}

/** The same place in the other language; what was typed is kept on the device. */
export function LanguageLink({ className = 'lang' }: { className?: string }) {
  const [place] = useLocation();
  const other = screenLocale() === 'ar' ? 'fr' : 'ar';
  return (
    <a
      className={className}
      lang={other}
      hrefLang={other}
      href={`/${other}${place}${location.search}${location.hash}`}
      onClick={() => rememberLocale(other)}
    >
      {t('portal.language.other')}
    </a>
  );
}

export function CallButton() {
  const hub = useOwnHub();
  const icon = <Icon name="phone" />;
  if (hub?.phone) {
    return (
      <a className="tel" href={`tel:${hub.phone}`} aria-label={t('portal.call.hub', { hub: nameOf(hub) })}>
        {icon}
      </a>
    );
  }
  return (
    <Link className="tel" href="/hubs" aria-label={t('portal.call.choose')}>
      {icon}
    </Link>
  );
}

/** A place with a hyphen stays on one line. */
const unbroken = (name: string): string => name.replace(/-/g, '\u2011');

export function Header() {
  const hub = useOwnHub();
  return (
    <header className="bar">
      <Link href="/" className="home-link" aria-label={t('portal.home.link')}>
        {hub?.branding?.logo ? <img className="logo" src={hub.branding.logo} alt="" /> : <Mark />}
        <span className="nm">
          {hub ? unbroken(nameOf(hub)) : t('portal.name')}
          <small>{t('portal.tagline')}</small>
        </span>
      </Link>
      <LanguageLink />
      <CallButton />
    </header>
  );
}

/** Instead of the header where somebody goes through steps. */
export function StepBar({ back, children }: { back: () => void; children: ReactNode }) {
  return (
    <header className="bar">
      <button type="button" className="round" onClick={back} aria-label={t('portal.back')}>
        <Icon name="back" size={24} flip />
      </button>
      {children}
    </header>
  );
}

export function Footer() {
  return (
    <footer className="foot">
      <p>{t('portal.notice')}</p>
      <nav className="foot-links" aria-label={t('portal.foot.label')}>
        <Link href="/my">{t('portal.foot.mine')}</Link>
        <Link href="/hubs">{t('portal.foot.hubs')}</Link>
        <Link href="/data">{t('portal.foot.data')}</Link>
      </nav>
    </footer>
  );
}

let firstPage = true;

interface PageProps {
  /** Of the tab, and of the page for those who hear it. */
  title: string;
  header?: ReactNode;
  footer?: boolean;
  children: ReactNode;
}

/** One page: its title, and the focus on its heading after a move inside the site. */
export function Page({ title, header = <Header />, footer = true, children }: PageProps) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('portal.name')}`;
  }, [title]);
  useEffect(() => {
    if (firstPage) firstPage = false;
    else {
      scrollTo(0, 0);
      main.current?.querySelector<HTMLElement>('h1')?.focus();
    }
  }, []);
  return (
    <div className="phone">
      <a className="skip" href="#main">
        {t('portal.skip')}
      </a>
      {header}
      <main id="main" ref={main}>
        {children}
      </main>
      {footer && <Footer />}
    </div>
  );
}

/** A heading that can take the focus. */
export function Title({ children, className = 'title' }: { children: ReactNode; className?: string }) {
  return (
    <h1 className={className} tabIndex={-1}>
      {children}
    </h1>
  );
}

interface RowProps {
  href: string;
  icon: IconName;
  children: ReactNode;
}

/** One line of a list that leads somewhere. */
export function Row({ href, icon, children }: RowProps) {
  return (
    <Link href={href}>
      <Icon name={icon} className="lead" />
      <span className="grow">{children}</span>
      <Icon name="next" size={18} flip />
    </Link>
  );
}
