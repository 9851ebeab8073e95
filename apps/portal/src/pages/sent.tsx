import { useState } from 'react';
import { Link } from 'wouter';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Icon } from '../icon';
import { Page, Title } from '../layout';
import { nameOf } from '../portal-data';
import { lastReceipt, type Receipt } from '../receipts';

/** After sending: the two things to keep, and what happens next. */
export function SentPage() {
  const receipt = lastReceipt();
  return (
    <Page title={t('portal.sent.title')}>
      <div className="wrap">
        <span className="done-mark" aria-hidden="true">
          <Icon name="check" size={32} />
        </span>
        <Title>{t('portal.sent.title')}</Title>
        {receipt ? (
          <Kept receipt={receipt} />
        ) : (
          <Link className="big s" href="/follow">
            {t('portal.home.follow')}
          </Link>
        )}
      </div>
    </Page>
  );
}

function Kept({ receipt }: { receipt: Receipt }) {
  const { reference, followUpCode, firstResponse, hub } = receipt;
  return (
    <>
      {firstResponse && (
        <div className="prom">
          <Icon name="clock" size={24} />
          <div>
            <span className="mut">{t('portal.promise.before')}</span>
            <DateTime at={firstResponse.dueLocal} style="longTime" className="b due-date" />
            <span className="mut sm block">{t('portal.promise.managing', { hub: nameOf(hub) })}</span>
          </div>
        </div>
      )}
      <section className="card keep" aria-labelledby="keep">
        <h2 id="keep" className="b">
          {t('portal.sent.keep')}
        </h2>
        <dl>
          <dt>{t('portal.field.reference')}</dt>
          <dd>
            <Bidi className="big-code">{reference}</Bidi>
          </dd>
          <dt>{t('portal.field.code')}</dt>
          <dd>
            <Bidi className="big-code">{followUpCode}</Bidi>
          </dd>
        </dl>
        <CopyButton text={`${t('portal.field.reference')}: ${reference}\n${t('portal.field.code')}: ${followUpCode}`} />
        <p className="hint">{t('portal.sent.device')}</p>
      </section>
      <Link className="big p" href={`/r/${reference}`}>
        {t('portal.sent.follow')}
      </Link>
    </>
  );
}

/** Says that it copied; where copying is not allowed the text can be selected. */
function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="big s" onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} size={20} />
      <span aria-live="polite">{t(copied ? 'portal.sent.copied' : 'portal.sent.copy')}</span>
    </button>
  );
}
