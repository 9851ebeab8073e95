import { Link } from 'wouter';
import { t } from '@app/ui/i18n';
import { Page, Title } from '../layout';

export function NotFoundPage() {
  return (
    <Page title={t('portal.notFound.title')}>
      <div className="wrap">
        <Title>{t('portal.notFound.title')}</Title>
        <p>{t('portal.notFound.text')}</p>
        <Link className="big p" href="/">
          {t('portal.notFound.home')}
        </Link>
        <Link className="big s" href="/follow">
          {t('portal.home.follow')}
        </Link>
      </div>
    </Page>
  );
}
