'use client';

import { useEffect, useState } from 'react';
import { formatCount } from '#console/format.ts';
import { type ChangeStreamView, type StreamView, versionInRange } from './use-stream-view.ts';

/**
 * Corrects an address that names a version which the stream does not have, and says what is shown instead until another
 * version is chosen. `settled` is false while the last version may be an old answer.
 */
export function useVersionInRange(
  { view, change }: { view: StreamView; change: ChangeStreamView },
  { lastVersion, settled }: { lastVersion: number; settled: boolean },
): string | null {
  const [corrected, setCorrected] = useState<{ wanted: number; shown: number } | null>(null);
  const { v } = view;
  useEffect(() => {
    if (v === null || !settled || lastVersion === 0) return;
    const shown = versionInRange(v, lastVersion);
    if (shown === v) return;
    setCorrected({ wanted: v, shown });
    change({ v: shown === lastVersion ? null : shown });
  }, [v, settled, lastVersion, change]);
  if (corrected === null || versionInRange(v ?? lastVersion, lastVersion) !== corrected.shown) return null;
  return `There is no version ${formatCount(corrected.wanted)}: this is version ${formatCount(corrected.shown)} of ${formatCount(lastVersion)}.`;
}
