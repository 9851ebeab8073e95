import { Modal } from '@mantine/core';
import { t } from '@app/ui/i18n';
import type { FormEvent, ReactNode } from 'react';
import { Btn } from './button';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** What the one primary button says; without it there is only "close". */
  confirm?: string;
  onConfirm?: () => void;
  busy?: boolean;
  danger?: boolean;
  disabled?: boolean;
  wide?: boolean;
  /** A refusal in words, shown above the buttons. */
  problem?: string | null;
}

/** One question, one answer: Enter confirms, Esc leaves, focus stays inside and returns to where it came from. */
export function Dialog(props: DialogProps) {
  const { title, onClose, children, confirm, onConfirm, busy, danger, disabled, wide, problem } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !disabled) onConfirm?.();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={wide ? 760 : 480}
      closeButtonProps={{ 'aria-label': t('desk.common.close') }}
    >
      <form onSubmit={submit} noValidate>
        <div className="stacked">{children}</div>
        {problem && (
          <p className="alert warn" role="alert" style={{ marginBlockStart: 12 }}>
            {problem}
          </p>
        )}
        <div className="dialog-foot">
          <Btn onClick={onClose}>{confirm ? t('desk.common.cancel') : t('desk.common.close')}</Btn>
          {confirm && (
            <Btn type="submit" look={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
              {confirm}
            </Btn>
          )}
        </div>
      </form>
    </Modal>
  );
}
