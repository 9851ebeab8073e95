import { Account } from './account.entity';
import { AgentSkill } from './agent-skill.entity';
import { AgentState } from './agent-state.entity';
import { AgentStateLog } from './agent-state-log.entity';
import { Association } from './association.entity';
import { Calendar } from './calendar.entity';
import { CalendarVersion } from './calendar-version.entity';
import { Category } from './category.entity';
import { Contact } from './contact.entity';
import { ContactEmail } from './contact-email.entity';
import { ContactPhone } from './contact-phone.entity';
import { Deadline } from './deadline.entity';
import { Escalation } from './escalation.entity';
import { Event } from './event.entity';
import { Hub } from './hub.entity';
import { HubAgreement } from './hub-agreement.entity';
import { Idempotency } from './idempotency.entity';
import { Macro } from './macro.entity';
import { MailMessage } from './mail-message.entity';
import { Membership } from './membership.entity';
import { Message } from './message.entity';
import { Notification } from './notification.entity';
import { Offer } from './offer.entity';
import { Outbox } from './outbox.entity';
import { Place } from './place.entity';
import { PresenceReason } from './presence-reason.entity';
import { Queue } from './queue.entity';
import { RoutingRule } from './routing-rule.entity';
import { Session } from './session.entity';
import { Setting } from './setting.entity';
import { Skill } from './skill.entity';
import { SlaClock } from './sla-clock.entity';
import { SlaPause } from './sla-pause.entity';
import { SlaPolicy } from './sla-policy.entity';
import { SlaPolicyVersion } from './sla-policy-version.entity';
import { Territory } from './territory.entity';
import { Ticket } from './ticket.entity';
import { TicketGrant } from './ticket-grant.entity';
import { WorkItem } from './work-item.entity';

/** Every class that the ORM may map; nothing else is ever registered. */
export const ENTITIES = [
  Account,
  AgentSkill,
  AgentState,
  AgentStateLog,
  Association,
  Calendar,
  CalendarVersion,
  Category,
  Contact,
  ContactEmail,
  ContactPhone,
  Deadline,
  Escalation,
  Event,
  Hub,
  HubAgreement,
  Idempotency,
  Macro,
  MailMessage,
  Membership,
  Message,
  Notification,
  Offer,
  Outbox,
  Place,
  PresenceReason,
  Queue,
  RoutingRule,
  Session,
  Setting,
  Skill,
  SlaClock,
  SlaPause,
  SlaPolicy,
  SlaPolicyVersion,
  Territory,
  Ticket,
  TicketGrant,
  WorkItem,
];
