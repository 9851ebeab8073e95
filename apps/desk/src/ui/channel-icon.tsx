import {
  IconApi,
  IconBrandWhatsapp,
  IconMail,
  IconPhone,
  IconUserCheck,
  IconWorld,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import type { TicketSummary } from '../data/queries';
import { Icon } from './icon';

const DRAWINGS: Record<TicketSummary['channel'], TablerIcon> = {
  portal: IconWorld,
  phone: IconPhone,
  email: IconMail,
  whatsapp: IconBrandWhatsapp,
  walk_in: IconUserCheck,
  api: IconApi,
};

/** How the question came in. */
export function ChannelIcon({ channel, size = 16 }: { channel: TicketSummary['channel']; size?: number }) {
  return (
    <span title={t(`desk.channel.${channel}`)}>
      <Icon of={DRAWINGS[channel] ?? IconWorld} size={size} />
      <span className="sr">{t(`desk.channel.${channel}`)}</span>
    </span>
  );
}
