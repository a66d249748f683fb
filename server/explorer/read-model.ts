import type { Database } from '#db/database.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import type { ReadRouting } from '#server/kernel/read-routing.ts';
import type { Explorer, OrderRow, ReadModelPage } from './explorer.ts';
import { readSplit } from './read-split.ts';

const ordersFrom = (relation: string) => `
  select order_id, status, customer_id, total_amount::float8 as amount, currency, stream_version::float8 as version,
         placed_at, updated_at
  from ${relation}
  where order_id > $1 and ($2::text is null or status = $2) and ($3::text is null or customer_id = $3)
  order by order_id limit $4`;

type Row = {
  order_id: string;
  status: string;
  customer_id: string | null;
  amount: number | null;
  currency: string | null;
  version: number;
  placed_at: string | null;
  updated_at: string;
};

/** How orders are read: by one statement over the view, or over a version's own table where the search path says so. */
export const orderReader = {
  statement: ordersFrom('orders'),
  parameters: ({ after = '', status = null, customerId = null, limit = 100 }: JsonObject) => [
    after,
    status,
    customerId,
    Number(limit) + 1,
  ],
};

/** Rows of a read model by keyset. The position is read before the rows, so they are at least that new. */
export async function readModel(
  {
    database,
    acknowledgements,
    onRead,
    routing,
  }: {
    database: Database;
    acknowledgements: Acknowledgements;
    onRead?(name: string, request: JsonObject): void;
    routing?: ReadRouting | undefined;
  },
  query: Parameters<Explorer['readModel']>[0],
): Promise<ReadModelPage> {
  const { name, status, customerId, after = '', limit = 100, atLeast, waitForMs = 5000 } = query;
  if (name !== 'orders') {
    throw new TidemarkError('not-found', `no read model is named ${name}; there is orders`, { field: 'name' });
  }
  const request = {
    after,
    limit,
    ...(status !== undefined && { status }),
    ...(customerId !== undefined && { customerId }),
  };
  onRead?.(name, request);
  const parameters = orderReader.parameters(request);
  const asked = {
    name,
    reader: query.reader,
    atLeast,
    position: () => passed({ acknowledgements, name, atLeast, waitForMs }),
  };
  const { answer, position } = await readSplit(routing, asked, (tables) =>
    database.query<Row>(ordersFrom(tables('orders')), parameters),
  );
  const rows = answer.slice(0, limit).map(toOrderRow);
  return { rows, position, nextAfter: answer.length > limit ? (rows.at(-1)?.orderId ?? null) : null };
}

async function passed(options: {
  acknowledgements: Acknowledgements;
  name: string;
  atLeast: Position | undefined;
  waitForMs: number;
}): Promise<Position> {
  const { acknowledgements, name, atLeast, waitForMs } = options;
  const now =
    atLeast === undefined
      ? await acknowledgements.current()
      : await acknowledgements.waitFor(atLeast, { timeoutMs: waitForMs, names: [name] });
  const checkpoint = now.find((one) => one.name === name)?.checkpoint ?? ('0' as Position);
  if (atLeast !== undefined && comparePositions(checkpoint, atLeast) < 0) {
    const message = `${name} stands at ${checkpoint} and has not passed ${atLeast} within ${waitForMs} ms`;
    throw new TidemarkError('projection-behind', message, { field: 'atLeast', checkpoint, retryAfterSeconds: 1 });
  }
  return checkpoint;
}

function toOrderRow(row: Row): OrderRow {
  return {
    orderId: row.order_id,
    status: row.status,
    customerId: row.customer_id,
    total: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
    streamVersion: row.version,
    placedAt: row.placed_at ?? row.updated_at,
    updatedAt: row.updated_at,
  };
}
