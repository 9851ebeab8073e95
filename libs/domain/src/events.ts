/** Durable consumers: each gets one outbox row for an event it hears, and sets it done in the transaction of its effect. */
export const CONSUMERS = ['assignment', 'notification', 'mail'] as const;
/** Durable as well, but many rows at once: no job for each, a worker takes what waits in batches. */
export const BATCH_CONSUMERS = ['ladder', 'notice'] as const;
export type QueuedConsumer = (typeof CONSUMERS)[number];
export type BatchConsumer = (typeof BATCH_CONSUMERS)[number];
export type Consumer = QueuedConsumer | BatchConsumer;

/**
 * Who hears an event live. `staff`: people of the hub (and guests of the ticket); `public`: the requester and its manager too;
 * `account`: the one named in data.accountId; `hub`: everybody of the hub, and whom data.accountId names; `nobody`: log only.
 */
export const AUDIENCES = ['staff', 'public', 'account', 'hub', 'nobody'] as const;
export type Audience = (typeof AUDIENCES)[number];

interface Hearing {
  consumers: readonly Consumer[];
  audience: Audience;
}

/** Who hears which event: a new event does not compile until someone decides. */
export const EVENTS = {
  'ticket.created': { consumers: ['assignment', 'notification'], audience: 'public' },
  'ticket.replied': { consumers: ['notification'], audience: 'public' },
  'ticket.asked-again': { consumers: ['notification'], audience: 'public' },
  'ticket.noted': { consumers: [], audience: 'staff' },
  'ticket.assigned': { consumers: ['notification'], audience: 'staff' },
  // What a change of status means to people comes with the reply.
  'ticket.status-changed': { consumers: [], audience: 'public' },
  'ticket.escalated': { consumers: ['notification'], audience: 'staff' },
  'ticket.changed': { consumers: [], audience: 'staff' },
  'ticket.callback-promised': { consumers: [], audience: 'public' },
  'ticket.routed': { consumers: ['assignment'], audience: 'staff' },
  'ticket.files-added': { consumers: [], audience: 'staff' },
  'ticket.rated': { consumers: [], audience: 'staff' },
  'member.invited': { consumers: [], audience: 'nobody' },
  'member.uninvited': { consumers: [], audience: 'nobody' },
  'member.joined': { consumers: [], audience: 'nobody' },
  'member.changed': { consumers: [], audience: 'nobody' },
  'ticket.followed': { consumers: [], audience: 'nobody' },
  'ticket.requeued': { consumers: ['assignment'], audience: 'staff' },
  'ticket.merged': { consumers: ['notification'], audience: 'public' },
  'ticket.absorbed': { consumers: [], audience: 'public' },
  'ticket.merge-undone': { consumers: ['notification'], audience: 'public' },
  'ticket.released': { consumers: [], audience: 'public' },
  'ticket.split': { consumers: [], audience: 'staff' },
  'ticket.split-undone': { consumers: [], audience: 'public' },
  'ticket.linked': { consumers: [], audience: 'staff' },
  'ticket.unlinked': { consumers: [], audience: 'staff' },
  'ticket.mentioned': { consumers: ['notification'], audience: 'staff' },
  'consultation.asked': { consumers: ['notification'], audience: 'staff' },
  'consultation.reminded': { consumers: ['notification'], audience: 'staff' },
  'consultation.answered': { consumers: ['notification'], audience: 'staff' },
  'consultation.cancelled': { consumers: ['notification'], audience: 'staff' },
  'consultation.expired': { consumers: ['notification'], audience: 'staff' },
  'validation.asked': { consumers: ['notification'], audience: 'staff' },
  'validation.approved': { consumers: ['notification'], audience: 'staff' },
  'validation.refused': { consumers: ['notification'], audience: 'staff' },
  'validation.withdrawn': { consumers: [], audience: 'staff' },
  'validation.overridden': { consumers: [], audience: 'staff' },
  'reply.delayed': { consumers: [], audience: 'staff' },
  'reply.cancelled': { consumers: [], audience: 'staff' },
  'reply.held': { consumers: ['notification'], audience: 'staff' },
  'ticket.read': { consumers: [], audience: 'nobody' },
  'legal.set': { consumers: [], audience: 'public' },
  'legal.near': { consumers: ['notification'], audience: 'staff' },
  'legal.passed': { consumers: ['notification'], audience: 'staff' },
  'clock.started': { consumers: [], audience: 'staff' },
  'clock.met': { consumers: [], audience: 'staff' },
  'clock.moved': { consumers: [], audience: 'public' },
  'clock.warned': { consumers: ['notification'], audience: 'staff' },
  'clock.breached': { consumers: ['notification'], audience: 'staff' },
  'clock.cancelled': { consumers: [], audience: 'staff' },
  /** A step of the ladder fell due: one that only tells people, one that also changes the ticket. */
  'ladder.told': { consumers: ['notice'], audience: 'staff' },
  'ladder.stepped': { consumers: ['ladder', 'notice'], audience: 'staff' },
  'clock.restored': { consumers: [], audience: 'staff' },
  'policy.published': { consumers: [], audience: 'nobody' },
  'calendar.published': { consumers: [], audience: 'nobody' },
  'work.queued': { consumers: [], audience: 'staff' },
  'work.moved': { consumers: [], audience: 'account' },
  'work.ended': { consumers: [], audience: 'staff' },
  'offer.made': { consumers: [], audience: 'account' },
  'offer.accepted': { consumers: [], audience: 'account' },
  'offer.declined': { consumers: [], audience: 'account' },
  'offer.timed-out': { consumers: [], audience: 'account' },
  'offer.rescinded': { consumers: [], audience: 'account' },
  'work.waits': { consumers: [], audience: 'staff' },
  'routing.changed': { consumers: [], audience: 'nobody' },
  'plan.changed': { consumers: [], audience: 'nobody' },
  'presence.changed': { consumers: [], audience: 'account' },
  'notification.created': { consumers: [], audience: 'account' },
  'mail.queued': { consumers: ['mail'], audience: 'nobody' },
  'mail.sent': { consumers: [], audience: 'nobody' },
  'macro.changed': { consumers: [], audience: 'nobody' },
  'view.changed': { consumers: [], audience: 'nobody' },
  'mail-text.changed': { consumers: [], audience: 'nobody' },
  'hub.created': { consumers: [], audience: 'nobody' },
  'hub.changed': { consumers: [], audience: 'nobody' },
  'hub.branded': { consumers: [], audience: 'nobody' },
  'agreement.made': { consumers: [], audience: 'nobody' },
  'agreement.ended': { consumers: [], audience: 'nobody' },
  'territory.changed': { consumers: [], audience: 'nobody' },
  'territory.taken-over': { consumers: [], audience: 'nobody' },
  'category.changed': { consumers: [], audience: 'nobody' },
  'setting.changed': { consumers: [], audience: 'nobody' },
  'outbox.requeued': { consumers: [], audience: 'nobody' },
  'invitation.sent': { consumers: ['notification'], audience: 'nobody' },
  'invitation.revoked': { consumers: [], audience: 'nobody' },
  'account.joined': { consumers: [], audience: 'nobody' },
  'account.role-changed': { consumers: [], audience: 'nobody' },
  'account.deactivated': { consumers: [], audience: 'nobody' },
  'account.reactivated': { consumers: [], audience: 'nobody' },
  'session.opened': { consumers: [], audience: 'nobody' },
  'session.closed': { consumers: [], audience: 'account' },
  'association.created': { consumers: [], audience: 'nobody' },
  'association.changed': { consumers: [], audience: 'nobody' },
  'contact.created': { consumers: [], audience: 'nobody' },
  'contact.changed': { consumers: [], audience: 'nobody' },
  'call.changed': { consumers: [], audience: 'hub' },
  'call.offered': { consumers: [], audience: 'hub' },
  'call.ended': { consumers: [], audience: 'hub' },
  'call.attached': { consumers: [], audience: 'staff' },
  'call.verified': { consumers: [], audience: 'nobody' },
  'call.consented': { consumers: [], audience: 'nobody' },
  'call.consent-withdrawn': { consumers: [], audience: 'nobody' },
  'callback.requested': { consumers: [], audience: 'hub' },
  'callback.changed': { consumers: [], audience: 'hub' },
  'callback.attempted': { consumers: [], audience: 'hub' },
  'callback.breached': { consumers: [], audience: 'hub' },
  'callback.ended': { consumers: [], audience: 'hub' },
  'telephony.changed': { consumers: [], audience: 'nobody' },
  'directory.imported': { consumers: [], audience: 'nobody' },
} as const satisfies Record<string, Hearing>;
export type EventType = keyof typeof EVENTS;

/** What is written to the log. Data: ids, enumerated values, instants, versions, durations; never text that people wrote. */
export interface NewEvent {
  type: EventType;
  hubId?: string | null;
  associationId?: string | null;
  ticketId?: string | null;
  entityVersion?: number | null;
  /** Who did it, when somebody else carries it out. */
  actorId?: string | null;
  data?: Record<string, unknown>;
}

export function consumersOf(type: EventType): readonly Consumer[] {
  return EVENTS[type].consumers;
}

export function audienceOf(type: EventType): Audience {
  return EVENTS[type].audience;
}
