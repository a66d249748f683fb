import { comparePositions, type Position } from '#server/kernel/position.ts';
import type { ReadRoute, ReadRouting } from '#server/kernel/read-routing.ts';

/** The name under which a statement reads a table of the version that answers. */
export type TableName = (table: string) => string;

type Asked = {
  /** The projection whose read model is read. */
  name: string;
  /** Who reads; nobody is sent elsewhere where it is missing. */
  reader: string | undefined;
  atLeast?: Position | undefined;
  /** Where the serving version stands, read before its rows. */
  position(): Promise<Position>;
};

/**
 * Reads the version that a split gives this reader, and measures it. The serving one answers where the other fails, which
 * is counted, and where it has not come as far as the reader needs.
 */
export async function readSplit<Answer>(
  routing: ReadRouting | undefined,
  { name, reader, atLeast, position }: Asked,
  read: (tables: TableName) => Promise<Answer>,
): Promise<{ answer: Answer; position: Position }> {
  const route = reader === undefined ? null : (routing?.route(name, reader) ?? null);
  if (route?.schema != null) {
    const { schema } = route;
    const reached = await route.position();
    if (atLeast === undefined || comparePositions(reached, atLeast) >= 0) {
      const found = await measured(route, () => read((table) => `"${schema}".${table}`)).catch(() => null);
      if (found !== null) return { answer: found.answer, position: reached };
    }
  }
  const reached = await position();
  const serving = () => read((table) => table);
  const { answer } = route?.side === 'a' ? await measured(route, serving) : { answer: await serving() };
  return { answer, position: reached };
}

async function measured<Answer>(route: ReadRoute, read: () => Promise<Answer>): Promise<{ answer: Answer }> {
  const startedAt = performance.now();
  let failed = true;
  try {
    const answer = await read();
    failed = false;
    return { answer };
  } finally {
    route.settle(performance.now() - startedAt, failed);
  }
}
