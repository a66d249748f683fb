'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { usePulse } from '#console/pulse.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import type { LagPoint } from '#server/projections/status.ts';
import { appendPoint } from './lag-chart-model.ts';

/** Up to here the points are a few seconds apart and each pulse adds one; beyond, the server is asked anew. */
const LIVE_MS_MAX = 900_000;

/** A projection's lag in a window that ends now: what the server kept, then each pulse as it comes. */
export function useLagHistory(name: string, windowMs: number): LagPoint[] {
  const trpc = useTRPC();
  const { pulse } = usePulse();
  const live = windowMs <= LIVE_MS_MAX;
  const kept = useQuery(
    trpc.projections.lagHistory.queryOptions(
      { name, seconds: LIVE_MS_MAX / 1000 },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const longer = useQuery(
    trpc.projections.lagHistory.queryOptions(
      { name, seconds: windowMs / 1000 },
      { enabled: !live, refetchInterval: Math.min(60_000, windowMs / 300) },
    ),
  );
  const [points, setPoints] = useState<LagPoint[]>([]);

  useEffect(() => {
    if (kept.data) setPoints((now) => now.reduce((all, point) => appendPoint(all, point), kept.data.points));
  }, [kept.data]);

  useEffect(() => {
    const status = pulse?.projections.projections.find((projection) => projection.name === name);
    if (pulse === null || status === undefined) return;
    const { lagEvents, lagSeconds, arrivalRate, drainRate } = status;
    setPoints((now) => appendPoint(now, { at: pulse.at, lagEvents, lagSeconds, arrivalRate, drainRate }));
  }, [pulse, name]);

  return live ? points : (longer.data?.points ?? []);
}
