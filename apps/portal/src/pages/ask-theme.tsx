import { useState, type FormEvent } from 'react';
import type { StepProps } from '../ask-draft';
import { t } from '@app/ui/i18n';
import { UserName } from '@app/ui/bidi';
import { FieldProblem, Option, TextField } from '../fields';
import { Icon } from '../icon';
import { Title } from '../layout';
import { choosePlace } from '../own';
import { PlaceField } from '../place-field';
import { nameOf, type PortalTheme, type PortalView } from '../portal-data';
import { TILES } from '../themes';

const OTHER = 'other';

/** Step 2: who asks, where, and about what. */
export function AskTheme({ draft, change, next, view }: StepProps & { view: PortalView }) {
  const [tried, setTried] = useState(false);
  const theme = view.themes.find((one) => one.code === draft.theme);
  const missing = { place: !draft.placeCode, category: !draft.categoryCode };
  const go = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!missing.place && !missing.category) return next();
    document.getElementById(missing.place ? 'place' : 'themes')?.focus();
  };
  return (
    <form className="step" onSubmit={go} noValidate>
      <div className="wrap">
        <Title>{t('portal.ask.title.2')}</Title>
        <TextField
          id="association"
          label={
            <>
              {t('portal.ask.association')} <span className="mut light">{t('portal.optional')}</span>
            </>
          }
          value={draft.associationName}
          set={(associationName) => change({ associationName })}
          autoComplete="organization"
          maxLength={300}
        />
        <div>
          <label className="lab" htmlFor="place">
            {t('portal.ask.place')}
          </label>
          <PlaceField
            id="place"
            view={view}
            value={draft.placeCode}
            invalid={tried && missing.place}
            describedBy="place-problem"
            choose={(placeCode) => {
              choosePlace(placeCode);
              change({ placeCode });
            }}
          />
          <FieldProblem id="place" text={tried && missing.place ? t('portal.ask.missing.place') : null} />
        </div>
        <ThemeTiles draft={draft} change={change} themes={view.themes} />
        {theme && (
          <Categories theme={theme} chosen={draft.categoryCode} choose={(categoryCode) => change({ categoryCode })} />
        )}
        <FieldProblem id="category" text={tried && missing.category ? t('portal.ask.missing.category') : null} />
      </div>
      <div className="act">
        <button className="big p" type="submit">
          {t('portal.continue')}
        </button>
      </div>
    </form>
  );
}

function ThemeTiles({ draft, change, themes }: Pick<StepProps, 'draft' | 'change'> & { themes: PortalTheme[] }) {
  const tiles = TILES.filter(({ theme }) => themes.some((one) => one.code === theme));
  const named = tiles.some(({ theme }) => theme === draft.theme);
  const [all, setAll] = useState(draft.theme !== '' && !named);
  const choose = (theme: string) => {
    setAll(theme === OTHER);
    change({ theme: theme === OTHER ? '' : theme, categoryCode: '' });
  };
  return (
    <fieldset id="themes" tabIndex={-1}>
      <legend className="lab">{t('portal.ask.theme')}</legend>
      <div className="tiles">
        {[...tiles, { theme: OTHER, icon: 'more' as const, id: 'portal.tile.other' }].map(({ theme, icon, id }) => {
          const on = theme === OTHER ? all : !all && draft.theme === theme;
          return (
            <label key={theme} className={on ? 'tile on' : 'tile'}>
              <input type="radio" className="sr" name="theme" checked={on} onChange={() => choose(theme)} />
              <Icon name={icon} size={24} />
              <span>{t(id)}</span>
            </label>
          );
        })}
      </div>
      {all && (
        <div className="other-theme">
          <label className="lab" htmlFor="theme">
            {t('portal.ask.otherTheme')}
          </label>
          <span className="select">
            <select
              id="theme"
              value={draft.theme}
              onChange={(event) => change({ theme: event.currentTarget.value, categoryCode: '' })}
            >
              <option value="" disabled>
                {t('portal.ask.chooseTheme')}
              </option>
              {themes
                .filter(({ code }) => !tiles.some(({ theme }) => theme === code))
                .map((one) => (
                  <option key={one.code} value={one.code}>
                    {nameOf(one)}
                  </option>
                ))}
            </select>
          </span>
        </div>
      )}
    </fieldset>
  );
}

function Categories({ theme, chosen, choose }: { theme: PortalTheme; chosen: string; choose(code: string): void }) {
  return (
    <fieldset>
      <legend className="lab">{t('portal.ask.category')}</legend>
      <div className="opts">
        {theme.categories.map((category) => (
          <Option
            key={category.code}
            name="category"
            checked={chosen === category.code}
            choose={() => choose(category.code)}
          >
            <span className="grow">
              <UserName text={nameOf(category)} />
            </span>
          </Option>
        ))}
      </div>
    </fieldset>
  );
}
