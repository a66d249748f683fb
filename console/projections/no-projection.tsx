import { useQuery } from '@tanstack/react-query';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';

/** Where no projection has this name: a process manager follows the store as one does, and has a page of its own. */
export function NoProjection({ name }: { name: string }) {
  const trpc = useTRPC();
  const managers = useQuery(trpc.processes.managers.queryOptions());
  if (managers.data?.managers.some((manager) => manager.name === name)) {
    return (
      <EmptyState
        title={`${name} is a process manager.`}
        action={<ButtonLink href={routes.processes()}>Open processes</ButtonLink>}
      >
        It makes no read model: it sends commands because of events.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`No projection is named ${name}.`}
      action={<ButtonLink href={routes.projections()}>Projections that there are</ButtonLink>}
    />
  );
}
