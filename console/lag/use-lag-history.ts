'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { usePulse } from '#console/pulse.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import type { LagPoint } from '#server/projections/status.ts';
import { appendPoint } from './lag-chart-model.ts';

/** The last quarter of an hour of a projection: what the server kept, then each pulse as it comes. */
export function useLagHistory(name: string): LagPoint[] {
  const trpc = useTRPC();
  const { pulse } = usePulse();
  const kept = useQuery(trpc.projections.lagHistory.queryOptions({ name }, { staleTime: Number.POSITIVE_INFINITY }));
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

  return points;
}
