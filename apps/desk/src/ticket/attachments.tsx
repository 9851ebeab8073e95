import { IconAlertTriangle, IconFile } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { fileSizeText } from '@app/ui/sizes';
import type { Message } from '../data/queries';
import { Icon } from '../ui/icon';

/** Files of a message, to be saved; what was found infected is named and not offered. */
export function Attachments({ of }: { of: Message['attachments'] }) {
  if (of.length === 0) return null;
  return (
    <div className="row wrap">
      {of.map((file) =>
        file.scan === 'infected' ? (
          <span key={file.id} className="att">
            <Icon of={IconAlertTriangle} />
            <bdi className="ell">{file.name}</bdi>
            <span className="mut">{t('desk.files.infected')}</span>
          </span>
        ) : (
          <a key={file.id} className="att" href={`/api/v1/attachments/${file.id}`} download>
            <Icon of={IconFile} />
            <bdi className="ell">{file.name}</bdi>
            <bdi className="mut">{fileSizeText(file.size)}</bdi>
          </a>
        ),
      )}
    </div>
  );
}
