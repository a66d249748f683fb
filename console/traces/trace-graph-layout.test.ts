import { describe, expect, test } from 'vitest';
import { NODES_MAX, traceGraph } from './trace-graph-layout.ts';
import type { TraceRow } from './trace-model.ts';

function row(id: string, depth: number, parent: string | null): TraceRow {
  return {
    id,
    depth,
    parent,
    fromMs: 0,
    lengthMs: 0,
    hopMs: 1,
    kind: 'event',
    event: {},
    waiting: [],
  } as unknown as TraceRow;
}

describe('the graph of a trace', () => {
  test('the first effect stands on the line of its cause, the next ones beneath', () => {
    const { nodes, edges } = traceGraph([row('a', 0, null), row('b', 1, 'a'), row('c', 2, 'b'), row('d', 1, 'a')]);
    const at = new Map(nodes.map((node) => [node.row.id, node]));
    expect(at.get('b')?.y).toBe(at.get('a')?.y);
    expect(at.get('d')?.y).toBeGreaterThan(at.get('c')?.y ?? 0);
    expect(at.get('d')?.x).toBe(at.get('b')?.x);
    expect(edges.map((edge) => edge.id)).toEqual(['b', 'c', 'd']);
  });

  test('no two nodes stand on each other', () => {
    const rows = Array.from({ length: 60 }, (_, index) => row(`n${index}`, (index * 7) % 4, null));
    const { nodes } = traceGraph(rows);
    expect(new Set(nodes.map((node) => `${node.x} ${node.y}`)).size).toBe(60);
  });

  test('more than it can show are counted, not drawn', () => {
    const { nodes, leftOut } = traceGraph(Array.from({ length: 5000 }, (_, index) => row(`n${index}`, 0, null)));
    expect([nodes.length, leftOut]).toEqual([NODES_MAX, 5000 - NODES_MAX]);
  });
});
