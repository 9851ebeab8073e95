import { Link } from '@tanstack/react-router';
import { t } from '@app/ui/i18n';
import { useMay } from '../session/me';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { SECTIONS } from './sections';
import '../styles/admin.css';

/** The index of what a role may set; what it may not is not shown. */
export function AdminScreen() {
  const may = useMay();
  const open = SECTIONS.filter(({ permissions }) => permissions.some(may));
  return (
    <Page title={t('admin.title')}>
      <p className="mut admin-lead">{t('admin.lead')}</p>
      <ul className="admin-index">
        {open.map(({ id, to, icon }) => (
          <li key={id}>
            <Link to={to} className="card admin-section">
              <Icon of={icon} size={22} />
              <span>
                <span className="b">{t(`admin.section.${id}`)}</span>
                <span className="mut sm">{t(`admin.about.${id}`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
