import type { Staffing, StaffingWarning } from '@app/domain/staffing';
import type { Words } from '@app/domain/words';

const WARNINGS: Record<StaffingWarning, Words> = {
  few_agents: {
    fr: 'Moins de quatre conseillers : le modèle est fragile, une seule absence change tout. Envisagez une file commune avec un autre pôle.',
    ar: 'أقل من أربعة مستشارين: النموذج هش، وغياب واحد يغير كل شيء. فكروا في لائحة انتظار مشتركة مع قطب آخر.',
  },
  high_occupancy: {
    fr: 'Occupation supérieure à 85 % : les conseillers n’ont plus de répit et une petite hausse allonge beaucoup l’attente.',
    ar: 'نسبة الانشغال تتجاوز 85 %: لا يبقى للمستشارين متنفس، وأي ارتفاع صغير يطيل الانتظار كثيرا.',
  },
  unstable: {
    fr: 'Trop peu de conseillers pour la charge : sans abandon, la file grandit sans fin.',
    ar: 'عدد المستشارين أقل من الحمل: بدون تخل عن المكالمات تطول اللائحة بلا نهاية.',
  },
};

export const STAFFING_DEFINITION: Words = {
  fr: "Erlang C : personne n'abandonne, la file est donc surestimée. Erlang A : les appelants abandonnent après un temps moyen de patience. Planning = conseillers ÷ (1 − indisponibilité), arrondi au-dessus.",
  ar: 'إرلانغ C: لا أحد يتخلى عن المكالمة، لذلك يبالغ في تقدير الانتظار. إرلانغ A: يتخلى المتصلون بعد مدة صبر متوسطة. الجدول = عدد المستشارين ÷ (1 − نسبة عدم التفرغ)، مع التقريب إلى الأعلى.',
};

export const FORECAST_DEFINITION: Words = {
  fr: "Moyenne des mêmes jours de semaine et demi-heures sur huit semaines au plus, d'après l'ouverture des dossiers ; jours fériés et jours vides compris.",
  ar: 'متوسط نفس أيام الأسبوع وأنصاف الساعات خلال ثمانية أسابيع على الأكثر، حسب فتح الملفات، بما في ذلك العطل والأيام الفارغة.',
};

/** What the plan means, in words: the number first, then what to beware of with it. */
export function adviceOf(plan: Staffing, target: number, within: number): Words[] {
  const chosen = plan.options.find((option) => option.agents === plan.needed)!;
  const percent = (share: number): string => `${Math.round(share * 1000) / 10}`.replace('.', ',');
  const { agents, roster, erlangC } = chosen;
  return [
    {
      fr: `${agents} conseiller(s) en ligne, ${roster} au planning : ${percent(erlangC.serviceLevel)} % de réponses en ${within} s (objectif ${percent(target)} %).`,
      ar: `${agents} من المستشارين على الخط، و${roster} في الجدول: ${percent(erlangC.serviceLevel)} % من الأجوبة خلال ${within} ثانية (الهدف ${percent(target)} %).`,
    },
    ...chosen.warnings.map((warning) => WARNINGS[warning]),
  ];
}
