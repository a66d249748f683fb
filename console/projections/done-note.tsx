import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { ActName, ActResult } from '#server/projections/operations.ts';

const DONE: Record<ActName, string> = {
  pause: 'is paused',
  resume: 'goes on',
  throttle: 'has a new bound',
  rebuild: 'is being built',
  cancel: 'was given up',
  rewind: 'applies events again',
  promote: 'is the one that readers see',
  rollback: 'is the one that readers see again',
  drop: 'was dropped',
};

/** What the last act did, with the event that tells of it. */
export function DoneNote({ done }: { done: ActResult | null }) {
  return (
    <p role="status" className={done === null ? 'hidden' : 'flex flex-wrap items-center gap-2'}>
      {done === null ? null : (
        <>
          <StatusShape kind="running" />
          <span>
            v{done.version} {DONE[done.act]}, told by the event at{' '}
            <Link className="text-tide underline" href={routes.event(done.globalPosition)}>
              {formatCount(done.globalPosition)}
            </Link>
            .
          </span>
        </>
      )}
    </p>
  );
}
