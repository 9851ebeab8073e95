import { Bell } from './bell';
import { PresenceSwitch } from './presence-switch';
import { ProfileMenu } from './profile-menu';

/** At the end of the rail: presence on narrow screens, notices, oneself. */
export function RailTools({ works }: { works: boolean }) {
  return (
    <>
      {works && <PresenceSwitch inRail />}
      <Bell />
      <ProfileMenu />
    </>
  );
}
