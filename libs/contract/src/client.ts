import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './openapi';

/** The API with the types of its contract: wrong paths, fields and statuses do not compile. */
export function apiClient(baseUrl: string, token?: string): Client<paths> {
  return createClient<paths>({ baseUrl, headers: token ? { authorization: `Bearer ${token}` } : {} });
}
