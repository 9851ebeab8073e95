import { IconMoon, IconSun } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { pageLocale } from '@app/ui/locale';
import { useStore } from '../data/store';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Mark } from '../ui/mark';
import { useTitle } from '../ui/page';
import type { Me } from './me';
import { chooseLanguage, chooseTheme, shownScheme, theme } from './settings';
import { SignInForm } from './sign-in-form';

/** The door of the desk. */
export function SignInScreen({ onDone }: { onDone: (me: Me) => void }) {
  useTitle(t('desk.signin.title'));
  return (
    <main className="door">
      <div className="card door-card stacked">
        <div className="row">
          <Mark />
          <h1>{t('desk.signin.title')}</h1>
        </div>
        <p className="mut sm">{t('desk.signin.lead')}</p>
        <SignInForm onDone={onDone} />
      </div>
      <DoorTools />
    </main>
  );
}

/** Language and theme, also before anybody is signed in. */
export function DoorTools() {
  const dark = shownScheme(useStore(theme)) === 'dark';
  const other = pageLocale() === 'ar' ? 'fr' : 'ar';
  return (
    <div className="row">
      <Btn look="quiet" lang={other} onClick={() => chooseLanguage(other)}>
        {t(`desk.language.own.${other}`)}
      </Btn>
      <Btn
        look="quiet"
        square
        aria-label={t(dark ? 'desk.theme.toLight' : 'desk.theme.toDark')}
        onClick={() => chooseTheme(dark ? 'light' : 'dark')}
      >
        <Icon of={dark ? IconSun : IconMoon} />
      </Btn>
    </div>
  );
}
