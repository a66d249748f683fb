'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useKeys } from '#console/keys/keys.tsx';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** To the event before and the next one in the order of the store. Positions have holes, so both are asked for. */
export function EventSteps({ event }: { event: RecordedEvent }) {
  const trpc = useTRPC();
  const router = useRouter();
  const after = event.globalPosition;
  const before = useQuery(trpc.events.list.queryOptions({ after, limit: 1, direction: 'backward' }));
  const next = useQuery(trpc.events.list.queryOptions({ after, limit: 1, direction: 'forward' }));
  const steps = [
    { name: 'Event before', keys: '[', Icon: ChevronLeft, to: before.data?.events[0]?.globalPosition },
    { name: 'Next event', keys: ']', Icon: ChevronRight, to: next.data?.events[0]?.globalPosition },
  ];
  const go = (to: string | undefined) => to !== undefined && router.push(routes.event(to));
  useKeys(steps.map(({ name, keys, to }) => ({ keys, label: name, group: 'Event', run: () => void go(to) })));
  return steps.map(({ name, keys, Icon, to }) => (
    <Button
      key={keys}
      icon
      disabled={to === undefined}
      title={`${name} (${keys})`}
      aria-label={name}
      onClick={() => go(to)}
    >
      <Icon strokeWidth={1.75} aria-hidden />
    </Button>
  ));
}
