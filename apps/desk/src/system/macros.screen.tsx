import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { fold } from '@app/domain/folding';
import { useMay, useMe } from '../session/me';
import { Btn } from '../ui/button';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { MacroEditor } from './macro-editor';
import { allMacrosQuery, type MacroView } from './system-queries';
import '../styles/system.css';

const NEW = 'new';

/** Prepared answers: of the hub for its supervisors, of the programme for coordinators. */
export function MacrosScreen() {
  const { data, error } = useQuery(allMacrosQuery);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const may = useMay();
  const national = useMe().role === 'coordinator';
  const named = ({ code, nameFr, nameAr }: MacroView) =>
    [code, nameFr, nameAr].some((name) => fold(name).includes(fold(words)));
  const shown = data?.items.filter((one) => (!national || one.hubId === null) && named(one)) ?? [];
  const current = shown.find((one) => one.code === chosen) ?? shown[0];
  return (
    <Page
      title={t('system.macro.title')}
      tools={
        may('macros:write') && (
          <Btn look="primary" onClick={() => setChosen(NEW)}>
            {t('system.macro.new')}
          </Btn>
        )
      }
    >
      {error && <p className="alert warn">{problemText(error)}</p>}
      <div className="sys-split">
        <div className="stacked">
          <input
            className="inp said"
            type="search"
            aria-label={t('system.macro.search')}
            placeholder={t('system.macro.search')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <nav className="card sys-list" aria-label={t('system.macro.title')}>
            {shown.map((one) => (
              <button
                key={one.id}
                type="button"
                className={one === current && chosen !== NEW ? 'pal on' : 'pal'}
                aria-pressed={one === current && chosen !== NEW}
                onClick={() => setChosen(one.code)}
              >
                <span className="grow">
                  <UserLine text={nameOf(one)} cut />
                  <Bidi className="mut xs">{one.code}</Bidi>
                </span>
                {one.hubId !== null && <span className="tagl">{t('system.macro.own')}</span>}
                {!one.active && <span className="tagl">{t('system.macro.aside')}</span>}
              </button>
            ))}
          </nav>
        </div>
        {chosen === NEW ? (
          <MacroEditor key={NEW} stored={null} onSaved={setChosen} />
        ) : (
          current && <MacroEditor key={current.code} stored={current} onSaved={setChosen} />
        )}
      </div>
    </Page>
  );
}
