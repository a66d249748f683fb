import type { EventFilter } from './explorer.ts';

/** Whether a filter asks for more than the rollups know: they count by time, category and type. */
export function isNarrowed({ streamId, correlationId, actor }: EventFilter): boolean {
  return streamId !== undefined || correlationId !== undefined || actor !== undefined;
}

/** Events that are looked at one by one where no index serves the filter: the newest of them. */
const COUNTED_MAX = 200_000;

/** How far back from the newest event a narrowed count looks; what has an index is counted whole. */
export function countedMax({ streamId, correlationId }: EventFilter): number {
  return streamId === undefined && correlationId === undefined ? COUNTED_MAX : Number.MAX_SAFE_INTEGER;
}
