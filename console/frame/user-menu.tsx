'use client';

import { KeyRound, LogOut, MonitorSmartphone, ShieldCheck, UserRound, UsersRound } from 'lucide-react';
import { signOut } from '#console/account/sign-out.ts';
import { useAccount, useMay } from '#console/account/use-account.ts';
import { routes } from '#console/routes.ts';
import { Button } from '#console/ui/button.tsx';
import { Menu, MenuAction, MenuHeading, MenuLink } from '#console/ui/menu.tsx';

/** Who is signed in, and what is theirs. */
export function UserMenu() {
  const { data } = useAccount();
  const may = useMay();
  if (data?.kind !== 'operator') return null;
  return (
    <Menu
      trigger={
        <Button variant="ghost" icon aria-label={`Account of ${data.name}`} title={`${data.name}, ${data.role}`}>
          <UserRound strokeWidth={1.75} aria-hidden className="size-4!" />
        </Button>
      }
    >
      <MenuHeading>
        <div className="max-w-64 truncate font-medium">{data.name}</div>
        <div className="text-ink-3 text-small">{data.role}</div>
      </MenuHeading>
      <MenuLink href={routes.security()}>
        <ShieldCheck strokeWidth={1.75} aria-hidden /> Account and security
      </MenuLink>
      <MenuLink href={routes.sessions()}>
        <MonitorSmartphone strokeWidth={1.75} aria-hidden /> Sessions
      </MenuLink>
      {may('operators.manage') ? (
        <MenuLink href={routes.operators()}>
          <UsersRound strokeWidth={1.75} aria-hidden /> Operators
        </MenuLink>
      ) : null}
      {may('keys.manage') ? (
        <MenuLink href={routes.apiKeys()}>
          <KeyRound strokeWidth={1.75} aria-hidden /> API keys
        </MenuLink>
      ) : null}
      <MenuAction onSelect={() => void signOut()}>
        <LogOut strokeWidth={1.75} aria-hidden /> Sign out
      </MenuAction>
    </Menu>
  );
}
