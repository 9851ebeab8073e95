import type { EventType } from './events';
import type { Words } from './words';

type Wording = (data: Record<string, unknown>) => Words;

const WHAT: Record<string, Words> = {
  created: { fr: 'ajout', ar: 'إضافة' },
  changed: { fr: 'modification', ar: 'تعديل' },
  removed: { fr: 'retrait', ar: 'حذف' },
};

const ROUTING: Record<string, Words> = {
  rules: { fr: "règles d'orientation", ar: 'قواعد التوجيه' },
  queue: { fr: 'file', ar: 'لائحة انتظار' },
  skills: { fr: "compétences d'une personne", ar: 'كفاءات أحد الأطر' },
  mode: { fr: "mode d'attribution", ar: 'طريقة الإسناد' },
  presence_reason: { fr: 'motif de pause', ar: 'سبب التوقف المؤقت' },
};

const said =
  (fr: string, ar: string): Wording =>
  () => ({ fr, ar });

/** With the word of one closed value behind it, when there is one. */
const withWord =
  (fr: string, ar: string, key: string, list: Record<string, Words>): Wording =>
  (data) => {
    const code = data[key];
    const word = typeof code === 'string' && Object.hasOwn(list, code) ? list[code] : null;
    return word ? { fr: `${fr} : ${word.fr}`, ar: `${ar}: ${word.ar}` } : { fr, ar };
  };

/** What people of the administration did, and what the program did by itself: one sentence each, from closed values only. */
export const OVERSIGHT_WORDS: Partial<Record<EventType, Wording>> = {
  'routing.changed': withWord('Orientation des demandes modifiée', 'تعديل توجيه الطلبات', 'what', ROUTING),
  'macro.changed': withWord('Réponse préparée', 'جواب جاهز', 'what', WHAT),
  'view.changed': withWord('Vue enregistrée', 'قائمة محفوظة', 'what', WHAT),
  'mail-text.changed': withWord("Texte d'un courriel", 'نص رسالة إلكترونية', 'what', WHAT),
  'hub.created': said('Pôle créé', 'إحداث قطب'),
  'hub.changed': said('Pôle modifié', 'تعديل معطيات قطب'),
  'hub.branded': said('Identité visuelle du pôle modifiée', 'تعديل الهوية البصرية للقطب'),
  'agreement.made': said('Convention entre pôles conclue', 'إبرام اتفاقية بين قطبين'),
  'agreement.ended': said('Fin d’une convention entre pôles', 'إنهاء اتفاقية بين قطبين'),
  'territory.changed': said('Territoire attribué à un autre pôle', 'إسناد مجال ترابي إلى قطب آخر'),
  'territory.taken-over': said('Dossiers du territoire repris par son pôle', 'تسلم القطب ملفات المجال الترابي'),
  'category.changed': withWord('Thème', 'موضوع', 'what', WHAT),
  'setting.changed': said('Réglage du programme modifié', 'تعديل إعداد من إعدادات البرنامج'),
  'invitation.sent': said('Invitation envoyée', 'إرسال دعوة'),
  'invitation.revoked': said('Invitation retirée', 'سحب دعوة'),
  'account.joined': said('Invitation acceptée', 'قبول دعوة'),
  'account.role-changed': said("Rôle ou habilitation d'une personne modifiés", 'تعديل دور أحد الأطر أو تأهيله'),
  'account.deactivated': said('Compte désactivé', 'تعطيل حساب'),
  'account.reactivated': said('Compte réactivé', 'إعادة تفعيل حساب'),
  'session.opened': said('Connexion', 'تسجيل الدخول'),
  'session.closed': said('Session fermée', 'إنهاء جلسة'),
  'association.created': said('Association enregistrée', 'تسجيل جمعية'),
  'association.changed': said("Fiche d'association modifiée", 'تعديل بطاقة جمعية'),
  'contact.created': said('Contact enregistré', 'تسجيل جهة اتصال'),
  'contact.changed': said('Contact modifié', 'تعديل جهة اتصال'),
  'notification.created': said('Personne prévenue', 'إشعار أحد الأشخاص'),
  'mail.queued': said("Courriel prêt à l'envoi", 'رسالة إلكترونية جاهزة للإرسال'),
  'mail.sent': said('Courriel envoyé', 'إرسال رسالة إلكترونية'),
  'outbox.requeued': said('Travaux abandonnés remis en route', 'إعادة تشغيل مهام متوقفة'),
};
