'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { usePulse } from '#console/pulse.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import type { LagPoint } from '#server/projections/status.ts';
import { appendPoint } from './lag-chart-model.ts';

/** Up to here the points are a few seconds apart and each pulse adds one; beyond, the server is asked anew. */
const LIVE_MS_MAX = 900_000;

/**
 * The lag of a projection, or of a version that is built beside it, in a window that ends now: what the server kept, then
 * each pulse as it comes. Nothing where `version` is null.
 */
export function useLagHistory(name: string, windowMs: number, version?: number | null): LagPoint[] {
  const trpc = useTRPC();
  const { pulse } = usePulse();
  const live = windowMs <= LIVE_MS_MAX;
  const asked = version == null ? { name } : { name, version };
  const kept = useQuery(
    trpc.projections.lagHistory.queryOptions(
      { ...asked, seconds: LIVE_MS_MAX / 1000 },
      { enabled: version !== null, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const longer = useQuery(
    trpc.projections.lagHistory.queryOptions(
      { ...asked, seconds: windowMs / 1000 },
      { enabled: !live && version !== null, refetchInterval: Math.min(60_000, windowMs / 300) },
    ),
  );
  const [points, setPoints] = useState<LagPoint[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: points of another version are not those of this one
  useEffect(() => () => setPoints([]), [name, version]);

  useEffect(() => {
    if (kept.data) setPoints((now) => now.reduce((all, point) => appendPoint(all, point), kept.data.points));
  }, [kept.data]);

  useEffect(() => {
    const status = pulse?.projections.projections.find((projection) => projection.name === name);
    if (pulse === null || status === undefined) return;
    const of = version === undefined ? status : status.versions.find((one) => one.version === version);
    if (of === undefined) return;
    const { arrivalRate, drainRate } = status;
    const { lagEvents, lagSeconds } = of;
    setPoints((now) => appendPoint(now, { at: pulse.at, lagEvents, lagSeconds, arrivalRate, drainRate }));
  }, [pulse, name, version]);

  return live ? points : (longer.data?.points ?? []);
}
