import { useNavigate } from '@tanstack/react-router';
import { t } from '@app/ui/i18n';
import { useCommands, type Command } from '../keyboard/commands';
import { useMe } from '../session/me';
import { chooseLanguage, chooseTheme, shownScheme, theme } from '../session/settings';
import { signOut } from './sign-out';
import { RAIL } from './rail-entries';
import { sheets } from './sheets';

/** What can be done from anywhere. */
export function useShellCommands(): void {
  const navigate = useNavigate();
  const { role } = useMe();
  const go: Command[] = RAIL.filter((entry) => entry.roles.includes(role)).map((entry) => ({
    id: `go.${entry.id}`,
    group: 'go',
    label: entry.id === 'new' ? t('desk.command.new') : t('desk.command.go', { place: t(`desk.rail.${entry.id}`) }),
    ...(entry.id === 'new' ? { key: 'c' } : {}),
    run: () => void navigate({ to: entry.to }),
  }));
  useCommands([
    { id: 'palette', key: 'mod+k', group: 'app', whileWriting: true, quiet: true, run: () => sheets.set('palette') },
    { id: 'help', key: '?', group: 'app', run: () => sheets.set('help') },
    ...go,
    { id: 'language.fr', group: 'app', run: () => chooseLanguage('fr') },
    { id: 'language.ar', group: 'app', run: () => chooseLanguage('ar') },
    {
      id: 'theme',
      group: 'app',
      run: () => chooseTheme(shownScheme(theme.get()) === 'dark' ? 'light' : 'dark'),
    },
    { id: 'signOut', group: 'app', run: signOut },
  ]);
}
