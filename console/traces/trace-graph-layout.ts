import type { TraceRow } from './trace-model.ts';

/** More than this is no picture any more. */
export const NODES_MAX = 200;
export const NODE = { width: 190, height: 40, gapX: 46, gapY: 10 } as const;

export type GraphNode = { row: TraceRow; x: number; y: number };
export type GraphEdge = { id: string; path: string; label: string | null; x: number; y: number };
export type TraceGraph = { nodes: GraphNode[]; edges: GraphEdge[]; width: number; height: number; leftOut: number };

/**
 * Causes at the left, effects right of them: each effect on a line of its own but the first, which stands on its
 * cause's line. Acknowledgements are left to the table.
 */
export function traceGraph(rows: readonly TraceRow[]): TraceGraph {
  const drawn = rows.filter((row) => row.kind !== 'acknowledgement');
  const shown = drawn.slice(0, NODES_MAX);
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  let line = -1;
  let depthBefore = -1;
  for (const row of shown) {
    if (row.depth <= depthBefore || line < 0) line += 1;
    depthBefore = row.depth;
    const node = { row, x: row.depth * (NODE.width + NODE.gapX), y: line * (NODE.height + NODE.gapY) };
    nodes.set(row.id, node);
    const cause = row.parent === null ? undefined : nodes.get(row.parent);
    if (cause === undefined) continue;
    const from = { x: cause.x + NODE.width, y: cause.y + NODE.height / 2 };
    const to = { x: node.x, y: node.y + NODE.height / 2 };
    const middle = from.x + NODE.gapX / 2;
    const label = row.hopMs === null ? null : String(row.hopMs);
    edges.push({ id: row.id, path: `M${from.x} ${from.y}H${middle}V${to.y}H${to.x}`, label, x: middle, y: to.y });
  }
  const all = [...nodes.values()];
  return {
    nodes: all,
    edges,
    width: all.reduce((most, node) => Math.max(most, node.x + NODE.width), 0),
    height: all.reduce((most, node) => Math.max(most, node.y + NODE.height), 0),
    leftOut: drawn.length - shown.length,
  };
}
