import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSun, IconSwitchHorizontal } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { pageLocale } from '@app/ui/locale';
import { hubsQuery } from '../data/queries';
import { useStore } from '../data/store';
import { lettersOff, switchLetters } from '../keyboard/commands';
import { useMe } from '../session/me';
import { chooseLanguage, chooseTheme, shownScheme, theme } from '../session/settings';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { sheets } from './sheets';
import { signOut } from './sign-out';

/** Who one is, the language, the light, the keys, and the way out. */
export function ProfileMenu() {
  const me = useMe();
  const hub = useQuery(hubsQuery).data?.items.find((one) => one.id === me.hubId);
  const dark = shownScheme(useStore(theme)) === 'dark';
  const off = useStore(lettersOff);
  const other = pageLocale() === 'ar' ? 'fr' : 'ar';
  return (
    <Menu position="right-end" width={260}>
      <Menu.Target>
        <button type="button" className="me" aria-label={t('desk.profile.label', { name: me.name })}>
          <Avatar id={me.accountId} name={me.name} size={36} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi className="b">{me.name}</bdi>
          <br />
          {t(`desk.role.${me.role}`)}
          {hub ? ` · ${nameOf(hub)}` : ''}
        </Menu.Label>
        <Menu.Item lang={other} leftSection={<Icon of={IconLanguage} />} onClick={() => chooseLanguage(other)}>
          {t(`desk.language.own.${other}`)}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon of={dark ? IconSun : IconMoon} />}
          onClick={() => chooseTheme(dark ? 'light' : 'dark')}
        >
          {t(dark ? 'desk.theme.toLight' : 'desk.theme.toDark')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon of={IconKeyboard} />} onClick={() => sheets.set('help')}>
          {t('desk.keys.title')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon of={IconSwitchHorizontal} />} onClick={() => switchLetters(!off)}>
          {t(off ? 'desk.keys.on' : 'desk.keys.off')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon of={IconLogout} flip />} onClick={signOut}>
          {t('desk.profile.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
