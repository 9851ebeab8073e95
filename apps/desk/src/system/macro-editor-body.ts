import type { components } from '@app/contract/openapi';
import type { MacroAction } from '@app/domain/macro';
import type { MacroView } from './system-queries';

type Body = components['schemas']['CreateMacroBody'];

/** A prepared answer as it is written. The contract cannot say that a value is a code or a number. */
export type MacroText = Omit<Body, 'actions'> & { actions?: MacroAction[] };

export const EMPTY: MacroText = {
  code: '',
  kind: 'macro',
  nameFr: '',
  nameAr: '',
  bodyFr: '',
  bodyAr: '',
  actions: [],
  active: true,
};

export const bodyOf = (macro: MacroText): Body => macro as unknown as Body;

/** What is stored, as it would be sent again. */
export function written(macro: MacroView): MacroText {
  const { code, kind, nameFr, nameAr, subjectFr, subjectAr, bodyFr, bodyAr } = macro;
  const { channels, actions, needsValidation, active } = macro as unknown as MacroText;
  return {
    ...{ code, kind, nameFr, nameAr, subjectFr, subjectAr, bodyFr, bodyAr },
    ...{ channels, actions, needsValidation, active },
  };
}
