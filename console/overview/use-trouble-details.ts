'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';
import type { Pulse } from '#server/pulse/pulse.ts';
import type { TroubleDetails } from './trouble.ts';

const REFRESH_MS = 5000;

/** Groups and alerts, asked for only while the pulse says that something is parked or late. */
export function useTroubleDetails(pulse: Pulse): TroubleDetails {
  const trpc = useTRPC();
  const { projections } = pulse.projections;
  const parked = projections.some((one) => one.parked > 0);
  const late = projections.some(({ lagSeconds, lag }) => lagSeconds > lag.objectiveSeconds);
  const groups = useQuery(trpc.parked.groups.queryOptions({}, { enabled: parked, refetchInterval: REFRESH_MS }));
  const alerts = useQuery(
    trpc.projections.alerts.queryOptions({ open: true }, { enabled: late, refetchInterval: REFRESH_MS }),
  );
  return { groups: groups.data?.groups ?? [], alerts: alerts.data?.alerts ?? [] };
}
