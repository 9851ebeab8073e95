import { IconFile, IconX } from '@tabler/icons-react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { fileSizeText } from '@app/ui/sizes';
import { useStore } from '../data/store';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { dropUpload, uploads, type UploadState } from './uploads';

/** Files that go with the message. */
export function FileChips({ at }: { at: string }) {
  const files = useStore(uploads).get(at) ?? [];
  if (files.length === 0) return null;
  return (
    <ul className="files" aria-label={t('desk.files.label')}>
      {files.map((one) => (
        <FileChip key={one.key} at={at} file={one} />
      ))}
    </ul>
  );
}

function FileChip({ at, file }: { at: string; file: UploadState }) {
  const state = file.problem
    ? problemText(file.problem)
    : file.done
      ? fileSizeText(file.size)
      : t('desk.files.sending');
  return (
    <li className="att" role={file.problem ? 'alert' : undefined}>
      <Icon of={IconFile} />
      <bdi className="ell">{file.name}</bdi>
      <span className={file.problem ? 'err' : 'mut'}>{state}</span>
      <Btn
        look="quiet"
        small
        square
        aria-label={t('desk.files.remove', { name: file.name })}
        onClick={() => dropUpload(at, file.key)}
      >
        <Icon of={IconX} size={15} />
      </Btn>
    </li>
  );
}
