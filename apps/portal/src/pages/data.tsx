import { t } from '@app/ui/i18n';
import { Page, Title } from '../layout';

const PARAGRAPHS = ['what', 'who', 'device', 'rights'] as const;

/** What happens with what people write here. */
export function DataPage() {
  return (
    <Page title={t('portal.data.title')}>
      <div className="wrap prose">
        <Title>{t('portal.data.title')}</Title>
        {PARAGRAPHS.map((name) => (
          <section key={name}>
            <h2 className="sec">{t(`portal.data.${name}.title`)}</h2>
            <p>{t(`portal.data.${name}.text`)}</p>
          </section>
        ))}
      </div>
    </Page>
  );
}
