'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { formatCount } from '#console/format.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import { NODE, NODES_MAX, traceGraph } from './trace-graph-layout.ts';
import type { TraceModel, TraceRow } from './trace-model.ts';
import { hrefOf } from './trace-table.tsx';
import { formatLength } from './trace-words.ts';

/** What caused what, drawn: causes at the left. Every node is a link, in the order of the tree. */
export function TraceGraph({ model, marked }: { model: TraceModel; marked: string | null }) {
  const graph = useMemo(() => traceGraph(model.rows), [model]);
  return (
    <div className="flex min-h-0 flex-col lg:flex-1">
      {graph.leftOut > 0 && (
        <p className="border-line border-b px-4 py-2 text-ink-2">
          {NODES_MAX} of {formatCount(NODES_MAX + graph.leftOut)} drawn; the tree has all of them.
        </p>
      )}
      <section
        aria-label="Graph"
        className="-outline-offset-2 h-[70dvh] overflow-auto p-4 lg:h-auto lg:min-h-40 lg:flex-1"
      >
        <ol className="relative" style={{ width: graph.width, height: graph.height }}>
          <svg width={graph.width} height={graph.height} aria-hidden className="absolute inset-0 text-line-ctl">
            {graph.edges.map((edge) => (
              <path key={edge.id} d={edge.path} fill="none" stroke="currentColor" strokeWidth="1.4" />
            ))}
          </svg>
          {graph.nodes.map(({ row, x, y }) => (
            <li key={row.id} className="absolute" style={{ left: x, top: y, width: NODE.width, height: NODE.height }}>
              <GraphNode row={row} marked={row.kind === 'event' && row.event.globalPosition === marked} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function GraphNode({ row, marked }: { row: TraceRow; marked: boolean }) {
  if (row.kind === 'acknowledgement') return null;
  const name = row.kind === 'event' ? row.event.eventType : row.command.commandType;
  const stream = row.kind === 'event' ? `${row.event.streamId} v${row.event.streamVersion}` : row.command.streamId;
  return (
    <Link
      href={hrefOf(row) ?? '#'}
      prefetch={false}
      title={`${name}, ${stream}`}
      className={`block h-full rounded-control border px-2 py-0.5 hover:bg-sunken ${marked ? 'border-tide bg-tide-soft' : row.kind === 'command' ? 'border-line-2 border-dashed bg-canvas' : 'border-line-2 bg-surface dark:bg-raised'}`}
    >
      <span className="flex items-center gap-1.5">
        {row.kind === 'event' && <EventGlyph eventType={row.event.eventType} />}
        <span className="truncate font-medium">{name}</span>
        <span className="ms-auto shrink-0 text-ink-3 text-micro">
          {row.hopMs === null ? '' : `+${formatLength(row.hopMs)}`}
        </span>
      </span>
      <LongName name={stream} className="text-ink-3 text-micro" />
    </Link>
  );
}
