import { useEffect, type ReactNode } from 'react';
import { t } from '@app/ui/i18n';

interface PageProps {
  title: string;
  /** Buttons and filters at the end of the header. */
  tools?: ReactNode;
  children: ReactNode;
}

/** Name of the screen in the browser's tab; the product's name comes last. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t('desk.common.product')}`;
  }, [title]);
}

/** A screen with one header and one scrolling body: agents' plain screens, supervisors, administration. */
export function Page({ title, tools, children }: PageProps) {
  useTitle(title);
  return (
    <main className="pane" id="main" tabIndex={-1}>
      <header className="top">
        <h1>{title}</h1>
        <div className="row end">{tools}</div>
      </header>
      <div className="body">{children}</div>
    </main>
  );
}
