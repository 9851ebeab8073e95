import { useEffect, useState, type ComponentType } from 'react';
import { ApiProblem } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Page } from './layout';
import { Failed, Waiting } from './states';

/** A page that is fetched when it is first opened; a failed fetch can be tried again. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let ready: ComponentType<P> | null = null;
  return function LazyPage(props: P) {
    const [, show] = useState(0);
    const [failed, setFailed] = useState(false);
    const fetchPage = () => {
      setFailed(false);
      load().then(
        (page) => {
          ready = page;
          show((n) => n + 1);
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (!ready) fetchPage();
    }, []);
    if (ready) {
      const Ready = ready;
      return <Ready {...props} />;
    }
    return (
      <Page title={t('portal.name')}>
        <div className="wrap">
          {/* A module that failed once is not asked for again by the browser: the whole page is. */}
          {failed ? <Failed problem={new ApiProblem('network', 0)} retry={() => location.reload()} /> : <Waiting />}
        </div>
      </Page>
    );
  };
}
