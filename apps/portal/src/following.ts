import type { components } from '@app/contract/openapi';
import { ApiProblem, api, call } from '@app/ui/api';
import { knownRequests, rememberRequest } from './device';
import type { Loaded } from './load';
import { chosenPlace, choosePlace } from './own';

export type Ticket = components['schemas']['TicketView'];
export type Message = components['schemas']['MessageView'];

export interface Followed {
  ticket: Ticket;
  messages: Message[];
}

/** Reference and code open the follow-up of that one ticket for a while; both stay on this device. */
export async function openFollowUp(reference: string, code: string): Promise<string> {
  const view = await call(api.POST('/api/v1/portal/follow', { body: { reference, code } }));
  rememberRequest({ reference: view.reference, code });
  return view.reference;
}

/** The ticket with what was said. A session that ended is opened again with the code that the device kept. */
export async function loadFollowed(reference: string): Promise<Followed> {
  try {
    return await readFollowed(reference);
  } catch (problem) {
    const code = knownRequests().find((one) => one.reference === reference)?.code;
    if (!code || !isClosedDoor(problem)) throw problem;
    await openFollowUp(reference, code);
    return readFollowed(reference);
  }
}

/** Neither signed in nor the one whose ticket it is. */
export function isClosedDoor(problem: unknown): boolean {
  return problem instanceof ApiProblem && [401, 403, 404].includes(problem.status);
}

async function readFollowed(reference: string): Promise<Followed> {
  const path = { ticket: reference };
  const [ticket, messages] = await Promise.all([
    call(api.GET('/api/v1/tickets/{ticket}', { params: { path } })),
    call(api.GET('/api/v1/tickets/{ticket}/messages', { params: { path } })),
  ]);
  rememberRequest({
    reference: ticket.reference,
    subject: ticket.subject,
    status: ticket.status,
    dueLocal: ticket.promise.firstResponse?.dueLocal ?? ticket.nextDueLocal,
  });
  if (!chosenPlace()) choosePlace(ticket.placeCode);
  return { ticket, messages: messages.items };
}

export type Shown = Loaded<Followed> & { data: Followed };
