import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';

const LANGUAGES = ['ar', 'fr'] as const;

/** The language of the answer: that of the association, unless one decides otherwise. */
export function LanguageMenu({ value, onChange }: { value: 'fr' | 'ar'; onChange: (value: 'fr' | 'ar') => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Btn look="quiet" small aria-label={t('desk.compose.language', { language: t(`desk.lang.${value}`) })}>
          {t(`desk.lang.${value}`)}
          <Icon of={IconChevronDown} size={13} />
        </Btn>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((one) => (
          <Menu.Item key={one} aria-current={one === value || undefined} onClick={() => onChange(one)}>
            {t(`desk.lang.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
