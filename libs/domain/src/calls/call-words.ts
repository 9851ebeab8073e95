import type { EventType } from '../events';
import type { Words } from '../words';

const OUTCOME: Record<string, Words> = {
  answered: { fr: 'répondu', ar: 'تم الرد' },
  abandoned: { fr: 'raccroché avant réponse', ar: 'قُطع قبل الرد' },
  overflowed: { fr: 'passé ailleurs', ar: 'حُوّل إلى جهة أخرى' },
  called_back: { fr: 'rappel accepté', ar: 'قُبلت معاودة الاتصال' },
  voicemail: { fr: 'message vocal', ar: 'رسالة صوتية' },
  closed: { fr: 'hors horaires', ar: 'خارج أوقات العمل' },
  blocked: { fr: 'numéro bloqué', ar: 'رقم محظور' },
  not_reached: { fr: 'non joint', ar: 'تعذر الوصول' },
  lost: { fr: 'fin inconnue', ar: 'نهاية غير معروفة' },
  reached: { fr: 'personne jointe', ar: 'تم الوصول إلى الشخص' },
  unreached: { fr: 'personne non jointe', ar: 'تعذر الوصول إلى الشخص' },
  cancelled: { fr: 'annulé', ar: 'ملغى' },
  called_in: { fr: 'la personne a rappelé', ar: 'عاود الشخص الاتصال' },
};

const withOutcome =
  (fr: string, ar: string) =>
  ({ outcome }: Record<string, unknown>): Words => {
    const word = typeof outcome === 'string' && Object.hasOwn(OUTCOME, outcome) ? OUTCOME[outcome] : null;
    return word ? { fr: `${fr} : ${word.fr}`, ar: `${ar}: ${word.ar}` } : { fr, ar };
  };
const said = (fr: string, ar: string) => (): Words => ({ fr, ar });

/** Events of the telephone in both languages. */
export const CALL_WORDS: Partial<Record<EventType, (data: Record<string, unknown>) => Words>> = {
  'call.changed': said('Appel mis à jour', 'تم تحديث المكالمة'),
  'call.offered': said('Appel présenté à un agent', 'عُرضت المكالمة على أحد الأطر'),
  'call.ended': withOutcome('Appel terminé', 'انتهت المكالمة'),
  'call.attached': said('Appel rattaché au dossier', 'رُبطت المكالمة بالملف'),
  'call.verified': said("Identité de l'appelant vérifiée", 'تم التحقق من هوية المتصل'),
  'call.consented': said('Réponse à la demande d’enregistrement', 'جواب عن طلب التسجيل'),
  'call.consent-withdrawn': said('Accord d’enregistrement retiré', 'سُحبت الموافقة على التسجيل'),
  'callback.requested': said('Rappel demandé', 'طُلبت معاودة الاتصال'),
  'callback.changed': said('Rappel modifié', 'عُدّلت معاودة الاتصال'),
  'callback.attempted': said('Tentative de rappel', 'محاولة معاودة الاتصال'),
  'callback.breached': said('Rappel non tenu dans le délai', 'لم تتم معاودة الاتصال في الأجل'),
  'callback.ended': withOutcome('Rappel terminé', 'انتهت معاودة الاتصال'),
  'telephony.changed': said('Réglages du téléphone modifiés', 'عُدّلت إعدادات الهاتف'),
  'directory.imported': said('Répertoire importé', 'تم استيراد الدليل'),
};

/** Words of an outcome of a call or a callback. */
export function outcomeWords(outcome: string): Words | null {
  return Object.hasOwn(OUTCOME, outcome) ? OUTCOME[outcome] : null;
}
