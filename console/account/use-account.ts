'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';
import type { Permission } from '#server/kernel/caller.ts';

/** Who is signed in, and what they may; asked again now and then, since a role can change. */
export function useAccount() {
  const trpc = useTRPC();
  return useQuery(trpc.account.me.queryOptions(undefined, { staleTime: 30_000 }));
}

/** Reads the account, its history and its sessions again, after something of it was changed. */
export function useAccountChanged(): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => queries.invalidateQueries(trpc.account.pathFilter());
}

/** Whether who is signed in may do something; not, until it is known. What a page offers is only what it says yes to. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useAccount();
  return (permission) => data?.permissions.includes(permission) ?? false;
}
