import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { FigureText, wordsOf } from './figure';
import type { Tabular } from './report-table';

export interface ListChosen {
  onList: (list: { title: string; list: string }) => void;
}

export function Headline({ report, onList }: { report: Tabular } & ListChosen) {
  return (
    <div className="figures">
      {report.total.map((figure) => {
        const metric = report.metrics.find((one) => one.metric === figure.metric)!;
        const name = wordsOf(metric.name);
        const text = <FigureText figure={figure} unit={metric.unit} />;
        return (
          <div key={figure.metric} className="card figure" title={wordsOf(metric.definition)}>
            <span className="mut sm">{name}</span>
            {figure.list && figure.n > 0 ? (
              <button type="button" className="big" onClick={() => onList({ title: name, list: figure.list! })}>
                {text}
              </button>
            ) : (
              <span className="big">{text}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}

export function Definitions({ report }: { report: Tabular }) {
  return (
    <details className="card definitions">
      <summary>{t('supervise.report.definitions')}</summary>
      <dl>
        {report.metrics.map((one) => (
          <div key={one.metric}>
            <dt className="b">{wordsOf(one.name)}</dt>
            <dd className="mut">
              {wordsOf(one.definition)} <Bidi>{one.formula}</Bidi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
