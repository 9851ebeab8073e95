import { CALL_WORDS } from './calls/call-words';
import type { EventType } from './events';
import { OVERSIGHT_WORDS } from './oversight-words';
import { decisionWords } from './work/reason-words';
import type { Words } from './words';

export type { Words };

const STATUS: Record<string, Words> = {
  new: { fr: 'nouveau', ar: 'جديد' },
  open: { fr: 'ouvert', ar: 'مفتوح' },
  pending: { fr: "en attente de l'association", ar: 'في انتظار الجمعية' },
  on_hold: { fr: "en attente d'un tiers", ar: 'في انتظار طرف ثالث' },
  answered: { fr: 'répondu', ar: 'تمت الإجابة' },
  resolved: { fr: 'résolu', ar: 'تم الحل' },
  closed: { fr: 'clos', ar: 'مغلق' },
};

const LEVEL: Record<string, Words> = {
  agent: { fr: 'conseiller', ar: 'المستشار' },
  expert: { fr: 'expert', ar: 'الخبير' },
  supervisor: { fr: 'superviseur', ar: 'المشرف' },
  national: { fr: 'pôle national', ar: 'القطب الوطني' },
};

export const METRIC: Record<string, Words> = {
  first_response: { fr: 'première réponse', ar: 'الجواب الأول' },
  next_response: { fr: 'réponse suivante', ar: 'الجواب الموالي' },
  resolution: { fr: 'résolution', ar: 'الحل' },
  holding: { fr: 'délai interne', ar: 'الأجل الداخلي' },
};

const STEP: Record<string, Words> = {
  notify: { fr: 'prévenir', ar: 'إشعار' },
  raise_priority: { fr: 'relever la priorité', ar: 'رفع درجة الأولوية' },
  reassign: { fr: 'réattribuer le dossier', ar: 'إعادة إسناد الملف' },
  climb: { fr: 'passer au niveau supérieur', ar: 'الرفع إلى مستوى أعلى' },
};

const STEP_TO: Record<string, Words> = {
  assignee: { fr: 'conseiller', ar: 'المستشار' },
  queue: { fr: 'équipe', ar: 'الفريق' },
  supervisor: { fr: 'superviseur', ar: 'المشرف' },
  national: { fr: 'pôle national', ar: 'القطب الوطني' },
  one_level: { fr: 'un niveau', ar: 'درجة واحدة' },
};

const LINK: Record<string, Words> = {
  related: { fr: 'même sujet', ar: 'الموضوع نفسه' },
  duplicate: { fr: 'doublon', ar: 'تكرار' },
  follow_up: { fr: 'suite', ar: 'تتمة' },
  split: { fr: 'séparation', ar: 'فصل' },
};

const OVERRIDE: Record<string, Words> = {
  legal_deadline: { fr: 'délai légal imminent', ar: 'أجل قانوني وشيك' },
  person_in_danger: { fr: 'personne en danger', ar: 'شخص في خطر' },
  no_validator: { fr: 'aucun validateur disponible', ar: 'لا يوجد من يصادق' },
};

/** Why a due time was counted again. */
const WHY: Record<string, Words> = {
  policy: { fr: 'règles de délais modifiées', ar: 'تعديل قواعد الآجال' },
  calendar: { fr: 'horaires d’ouverture modifiés', ar: 'تعديل أوقات العمل' },
  holiday: { fr: 'jour férié confirmé ou déplacé', ar: 'تأكيد يوم عطلة أو تغيير تاريخه' },
  season: { fr: 'horaires saisonniers modifiés', ar: 'تعديل التوقيت الموسمي' },
  priority: { fr: 'priorité modifiée', ar: 'تغيير الأولوية' },
  categoryCode: { fr: 'thème modifié', ar: 'تغيير الموضوع' },
  kind: { fr: 'nature modifiée', ar: 'تغيير نوع الطلب' },
  confidentiality: { fr: 'confidentialité modifiée', ar: 'تغيير درجة السرية' },
  language: { fr: 'langue modifiée', ar: 'تغيير اللغة' },
  tags: { fr: 'étiquettes modifiées', ar: 'تغيير الوسوم' },
  needsValidation: { fr: 'validation demandée ou levée', ar: 'طلب المصادقة أو رفعها' },
  hub: { fr: 'autre pôle', ar: 'قطب آخر' },
  in_force: { fr: 'règles et horaires en vigueur à ce moment', ar: 'القواعد والأوقات المعمول بها حينها' },
};

const PLAIN: Partial<Record<EventType, Words>> = {
  'ticket.replied': { fr: 'Réponse envoyée', ar: 'تم إرسال جواب' },
  'ticket.asked-again': { fr: "Nouveau message de l'association", ar: 'رسالة جديدة من الجمعية' },
  'ticket.noted': { fr: 'Note interne ajoutée', ar: 'أضيفت ملاحظة داخلية' },
  'ticket.changed': { fr: 'Dossier modifié', ar: 'تم تعديل الملف' },
  'work.waits': { fr: 'Attend encore', ar: 'ما زال في الانتظار' },
  'work.queued': { fr: 'En attente d’un conseiller disponible', ar: 'في انتظار مستشار متاح' },
  'work.moved': { fr: 'Prise en charge en cours', ar: 'جار التكفل بالملف' },
  'work.ended': { fr: 'Prise en charge terminée', ar: 'انتهى التكفل بالملف' },
  'offer.made': { fr: 'Proposé à un conseiller', ar: 'عرض على مستشار' },
  'offer.accepted': { fr: 'Accepté par le conseiller', ar: 'قبله المستشار' },
  'offer.declined': { fr: 'Décliné par le conseiller', ar: 'اعتذر عنه المستشار' },
  'offer.timed-out': { fr: 'Proposition restée sans réponse', ar: 'لم يرد على العرض' },
  'offer.rescinded': { fr: 'Proposition retirée', ar: 'سحب العرض' },
  'presence.changed': { fr: 'Présence modifiée', ar: 'تغيرت حالة الحضور' },
  'ticket.files-added': { fr: 'Pièces jointes ajoutées', ar: 'أضيفت مرفقات' },
  'member.invited': { fr: 'Membre invité', ar: 'دعوة عضو' },
  'member.uninvited': { fr: 'Invitation retirée', ar: 'سحب دعوة' },
  'member.joined': { fr: 'Membre arrivé', ar: 'انضمام عضو' },
  'member.changed': { fr: 'Mandat modifié', ar: 'تعديل انتداب' },
  'ticket.followed': { fr: 'Suivi ouvert par le demandeur', ar: 'فتح صاحب الطلب صفحة التتبع' },
  'legal.set': { fr: 'Délais légaux du dossier mis à jour', ar: 'تم تحديث الآجال القانونية للملف' },
  'ticket.requeued': { fr: 'Dossier remis en attente d’un autre conseiller', ar: 'أعيد الملف في انتظار مستشار آخر' },
  'ticket.merged': { fr: 'Dossier réuni à un autre', ar: 'ضم الملف إلى ملف آخر' },
  'ticket.absorbed': { fr: 'Un autre dossier a été réuni à celui-ci', ar: 'ضم ملف آخر إلى هذا الملف' },
  'ticket.merge-undone': { fr: 'Réunion annulée : dossier rétabli', ar: 'ألغي الضم واستعيد الملف' },
  'ticket.released': { fr: 'Le dossier réuni a repris son propre cours', ar: 'استعاد الملف المضموم مساره الخاص' },
  'ticket.split': { fr: 'Nouveau dossier créé à partir de messages', ar: 'أنشئ ملف جديد انطلاقا من رسائل' },
  'ticket.split-undone': { fr: 'Séparation annulée', ar: 'ألغي فصل الملف' },
  'ticket.mentioned': { fr: 'Collègues mentionnés dans une note', ar: 'ذكر زملاء في ملاحظة' },
  'consultation.asked': { fr: 'Avis demandé', ar: 'طلب رأي' },
  'consultation.reminded': { fr: "Rappel de la demande d'avis", ar: 'تذكير بطلب الرأي' },
  'consultation.answered': { fr: 'Avis reçu', ar: 'تم التوصل بالرأي' },
  'consultation.cancelled': { fr: "Demande d'avis annulée", ar: 'ألغي طلب الرأي' },
  'consultation.expired': { fr: "Demande d'avis échue sans réponse", ar: 'انتهى أجل طلب الرأي دون جواب' },
  'validation.asked': { fr: 'Validation demandée', ar: 'طلبت المصادقة' },
  'validation.approved': { fr: 'Réponse validée', ar: 'صودق على الجواب' },
  'validation.refused': { fr: 'Réponse à revoir', ar: 'الجواب يحتاج إلى مراجعة' },
  'validation.withdrawn': { fr: 'Demande de validation retirée', ar: 'سحب طلب المصادقة' },
  'reply.delayed': { fr: 'Réponse en cours d’envoi', ar: 'الجواب في طور الإرسال' },
  'reply.cancelled': { fr: 'Envoi annulé', ar: 'ألغي الإرسال' },
  'reply.held': { fr: 'Réponse retenue', ar: 'تم إيقاف إرسال الجواب' },
  'policy.published': { fr: 'Règles de délais publiées', ar: 'نشر قواعد الآجال' },
  'calendar.published': { fr: 'Calendrier publié', ar: 'نشر التقويم' },
  'ticket.read': { fr: 'Dossier consulté', ar: 'تم الاطلاع على الملف' },
};

/** Words of a code; a code without any, or what is no code at all, stands for itself. */
function word(list: Record<string, Words>, value: unknown): Words {
  const code = typeof value === 'string' ? value : '';
  return Object.hasOwn(list, code) ? list[code] : { fr: code, ar: code };
}

const WORDED: Partial<Record<EventType, (data: Record<string, unknown>) => Words>> = {
  'ticket.created': (data) => withReason({ fr: 'Question reçue', ar: 'تم تسلم السؤال' }, data),
  'ticket.routed': (data) => withReason({ fr: 'Dossier réorienté', ar: 'أعيد توجيه الملف' }, data),
  'plan.changed': () => ({ fr: 'Planning modifié', ar: 'عدل الجدول' }),
  'ticket.callback-promised': () => ({
    fr: 'Personne n’est libre pour répondre : un rappel est promis',
    ar: 'لا أحد متفرغ للجواب: وعد بمعاودة الاتصال',
  }),
  'ticket.assigned': (data) =>
    data.to
      ? withDecision({ fr: 'Dossier attribué', ar: 'أسند الملف' }, data)
      : { fr: 'Dossier remis dans la file', ar: 'أعيد الملف إلى لائحة الانتظار' },
  'ticket.rated': ({ score }) => ({
    fr: `Réponse notée ${String(score)} sur 5`,
    ar: `نقطة الجواب: ${String(score)} من 5`,
  }),
  'ticket.status-changed': ({ to }) => joined({ fr: 'Statut', ar: 'الحالة' }, word(STATUS, to)),
  'ticket.escalated': ({ to }) =>
    joined({ fr: 'Dossier transmis au niveau supérieur', ar: 'رفع الملف إلى مستوى أعلى' }, word(LEVEL, to)),
  'clock.started': ({ metric, why }) =>
    withWhy(joined({ fr: 'Nouveau délai promis', ar: 'أجل جديد' }, word(METRIC, metric)), why),
  'clock.met': ({ metric }) => joined({ fr: 'Promesse close', ar: 'انتهى احتساب الأجل' }, word(METRIC, metric)),
  'clock.moved': ({ metric, state, why }) =>
    state === 'paused' && !Array.isArray(why)
      ? joined({ fr: 'Délai suspendu', ar: 'توقف احتساب الأجل' }, word(METRIC, metric))
      : withWhy(joined({ fr: 'Échéance recalculée', ar: 'أعيد احتساب الأجل' }, word(METRIC, metric)), why),
  'clock.cancelled': ({ metric }) => joined({ fr: 'Délai arrêté', ar: 'أوقف احتساب الأجل' }, word(METRIC, metric)),
  'clock.restored': ({ metric }) => joined({ fr: 'Délai rétabli', ar: 'استؤنف احتساب الأجل' }, word(METRIC, metric)),
  'ticket.linked': ({ kind }) => joined({ fr: 'Dossier lié', ar: 'ربط الملف بآخر' }, word(LINK, kind)),
  'ticket.unlinked': ({ kind }) => joined({ fr: 'Lien retiré', ar: 'أزيل الربط' }, word(LINK, kind)),
  'validation.overridden': ({ reason }) =>
    joined({ fr: 'Envoyé sans validation', ar: 'أرسل دون مصادقة' }, word(OVERRIDE, reason)),
  'clock.warned': ({ metric }) => joined({ fr: 'Échéance proche', ar: 'اقترب الأجل' }, word(METRIC, metric)),
  'legal.near': ({ on }) => joined({ fr: 'Délai légal proche', ar: 'اقترب أجل قانوني' }, word({}, on)),
  'legal.passed': ({ on }) => joined({ fr: 'Délai légal expiré', ar: 'انقضى أجل قانوني' }, word({}, on)),
  'ladder.told': stepWords,
  'ladder.stepped': stepWords,
  'clock.breached': ({ metric }) => joined({ fr: 'Délai dépassé', ar: 'تم تجاوز الأجل' }, word(METRIC, metric)),
};

/** One line of the history in both languages; an event without words of its own is named by its type. Only closed values are read. */
export function describeEvent(type: EventType, data: Record<string, unknown>): Words {
  const plain = PLAIN[type];
  return (
    WORDED[type]?.(data) ??
    (plain && withDecision(plain, data)) ??
    OVERSIGHT_WORDS[type]?.(data) ??
    CALL_WORDS[type]?.(data) ?? { fr: type, ar: type }
  );
}

/** Which step of the ladder fell due; what came of it follows in lines of its own. */
function stepWords({ action, to }: Record<string, unknown>): Words {
  const [what, whom] = [word(STEP, action), word(STEP_TO, to)];
  return { fr: `Étape d’escalade : ${what.fr} (${whom.fr})`, ar: `مرحلة من سلم التصعيد: ${what.ar} (${whom.ar})` };
}

function joined(what: Words, which: Words): Words {
  return { fr: `${what.fr} : ${which.fr}`, ar: `${what.ar}: ${which.ar}` };
}

/** The words of one reason. */
export function whyWords(why: string): Words {
  return word(WHY, why);
}

/** What has no words is left out: the log keeps it all the same. */
function withWhy(what: Words, why: unknown): Words {
  const known = (Array.isArray(why) ? why : []).filter((one) => Object.hasOwn(WHY, String(one)));
  if (known.length === 0) return what;
  const reasons = known.map((one) => whyWords(String(one)));
  const [fr, ar] = [reasons.map((one) => one.fr).join(', '), reasons.map((one) => one.ar).join('، ')];
  return { fr: `${what.fr} (${fr})`, ar: `${what.ar} (${ar})` };
}

function withReason(what: Words, data: Record<string, unknown>): Words {
  const reason = data.reason as Words | undefined;
  return reason ? joined(what, reason) : withDecision(what, data);
}

/** Codes say why; the words are found when somebody reads. */
function withDecision(what: Words, data: Record<string, unknown>): Words {
  const words = decisionWords(data);
  return words ? joined(what, words) : what;
}
