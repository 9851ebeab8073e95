import { useState } from 'react';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { fileSizeText } from '@app/ui/sizes';
import type { DraftFile } from './ask-draft';
import { Icon } from './icon';
import { Refused } from './states';
import { ACCEPTED, MOST_FILES, upload } from './uploads';

interface Picked {
  sending: number;
  problem: unknown;
  pick(files: FileList | null): Promise<void>;
}

/** Hands files in one after the other and adds each when it has arrived. */
export function usePicker(
  files: readonly DraftFile[],
  set: (files: DraftFile[]) => void,
  who: 'visitor' | 'session',
): Picked {
  const [state, setState] = useState<{ sending: number; problem: unknown }>({ sending: 0, problem: null });
  const pick = async (chosen: FileList | null) => {
    const wanted = [...(chosen ?? [])].slice(0, MOST_FILES - files.length);
    const arrived = [...files];
    try {
      for (const [at, file] of wanted.entries()) {
        setState({ sending: wanted.length - at, problem: null });
        arrived.push(await upload(file, who));
        set([...arrived]);
      }
      setState({ sending: 0, problem: null });
    } catch (problem) {
      setState({ sending: 0, problem });
    }
  };
  return { ...state, pick };
}

interface PickButtonProps {
  picker: Picked;
  className: string;
  /** Only the icon is seen. */
  icon?: boolean;
}

/** A label, so that the telephone's own chooser opens: camera, gallery, files. */
export function PickButton({ picker, className, icon = false }: PickButtonProps) {
  return (
    <label className={`${className} pick`}>
      <input
        type="file"
        className="sr"
        multiple
        accept={ACCEPTED}
        disabled={picker.sending > 0}
        onChange={(event) => {
          const { files } = event.currentTarget;
          void picker.pick(files).then(() => undefined);
        }}
      />
      <Icon name="clip" size={21} />
      <span className={icon ? 'sr' : ''}>{t(picker.sending > 0 ? 'portal.files.sending' : 'portal.files.add')}</span>
    </label>
  );
}

interface PickedListProps {
  files: readonly DraftFile[];
  set(files: DraftFile[]): void;
  picker: Picked;
}

export function PickedList({ files, set, picker }: PickedListProps) {
  return (
    <>
      {files.length > 0 && (
        <ul className="lines files" aria-label={t('portal.files.list')}>
          {files.map((file) => (
            <li key={file.id}>
              <Icon name="paper" className="lead" />
              <span className="grow">
                <UserLine text={file.name} cut />
                <span className="mut sm">{fileSizeText(file.bytes)}</span>
              </span>
              <button
                type="button"
                className="round"
                aria-label={t('portal.files.remove', { name: file.name })}
                onClick={() => set(files.filter((one) => one.id !== file.id))}
              >
                <Icon name="cross" size={20} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {picker.sending > 0 && (
        <p className="mut sm" role="status">
          {t('portal.files.sending')}
        </p>
      )}
      <Refused problem={picker.problem} />
    </>
  );
}
