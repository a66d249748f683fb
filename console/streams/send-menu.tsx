'use client';

import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useMay } from '#console/account/use-account.ts';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Menu, MenuLink } from '#console/ui/menu.tsx';

/** The commands that a stream takes, each with the stream filled in; nothing where its category takes none. */
export function SendMenu({ streamId, category }: { streamId: string; category: string }) {
  const trpc = useTRPC();
  const may = useMay();
  const types = useQuery(trpc.commands.types.queryOptions(undefined, { staleTime: 300_000 }));
  const taken = (types.data?.commands ?? []).filter((type) => type.category === category);
  if (taken.length === 0 || !may('commands.send')) return null;
  return (
    <Menu
      trigger={
        <Button aria-label="Send a command">
          <Send strokeWidth={1.75} aria-hidden />
          <span className="max-sm:hidden">Send a command</span>
        </Button>
      }
    >
      {taken.map(({ commandType, title }) => (
        <MenuLink key={commandType} href={routes.command(commandType, { stream: streamId })}>
          {commandType}
          <span className="text-ink-3 text-small">{title}</span>
        </MenuLink>
      ))}
    </Menu>
  );
}
