import { api, call } from '@app/ui/api';

export function signOut(): void {
  void call(api.DELETE('/api/v1/sessions/current')).finally(() => location.assign('/desk/'));
}
