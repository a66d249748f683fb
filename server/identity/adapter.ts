import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';
import type { Database } from '#db/database.ts';
import { hashOf } from './secrets.ts';

type Fields = Record<string, unknown>;

/**
 * better-auth's models in our tables, through our client with its deadlines. A session's token is hashed here, on the
 * way in, so that the library works with tokens and the database knows none.
 */
export function createIdentityAdapter(database: Database) {
  return createAdapterFactory({
    config: {
      adapterId: 'tidemark',
      supportsDates: false,
      supportsJSON: false,
      supportsUUIDs: false,
      transaction: false,
    },
    adapter: () => ({
      async create<T extends Fields>({ model, data }: { model: string; data: T }): Promise<T> {
        const values = stored(model, data);
        const columns = Object.keys(values);
        const places = columns.map((_, index) => `$${index + 1}`);
        const [row] = await database.query(
          `insert into ${model} (${columns.join(', ')}) values (${places.join(', ')}) returning *`,
          Object.values(values),
        );
        return { ...loaded(row), ...tokenOf(data) } as unknown as T;
      },
      async findOne<T>({ model, where }: { model: string; where: CleanedWhere[] }): Promise<T | null> {
        const condition = conditionOf(model, where);
        const [row] = await database.query(`select * from ${model} ${condition.text} limit 1`, condition.values);
        return row === undefined ? null : ({ ...loaded(row), ...askedToken(model, where) } as T);
      },
      async findMany<T>({ model, where, limit, sortBy, offset }: FindMany): Promise<T[]> {
        const condition = conditionOf(model, where ?? []);
        const order = sortBy ? `order by ${columnOf(sortBy.field)} ${sortBy.direction}` : '';
        const rows = await database.query(
          `select * from ${model} ${condition.text} ${order} limit ${Number(limit)} offset ${Number(offset ?? 0)}`,
          condition.values,
        );
        return rows.map((row) => loaded(row) as T);
      },
      async update<T>({ model, where, update }: { model: string; where: CleanedWhere[]; update: T }) {
        const [row] = await change(model, where, update as Fields);
        return row === undefined ? null : ({ ...loaded(row), ...askedToken(model, where) } as T);
      },
      async updateMany({ model, where, update }: { model: string; where: CleanedWhere[]; update: Fields }) {
        return (await change(model, where, update)).length;
      },
      async delete({ model, where }: { model: string; where: CleanedWhere[] }) {
        await remove(model, where);
      },
      async deleteMany({ model, where }: { model: string; where: CleanedWhere[] }) {
        return (await remove(model, where)).length;
      },
      async consumeOne<T>({ model, where }: { model: string; where: CleanedWhere[] }): Promise<T | null> {
        const [row] = await remove(model, where);
        return row === undefined ? null : (loaded(row) as T);
      },
      async count({ model, where }: { model: string; where?: CleanedWhere[] | undefined }) {
        const condition = conditionOf(model, where ?? []);
        const [row] = await database.query<{ n: number }>(
          `select count(*)::int as n from ${model} ${condition.text}`,
          condition.values,
        );
        return row?.n ?? 0;
      },
    }),
  });

  function change(model: string, where: CleanedWhere[], update: Fields) {
    const values = stored(model, update);
    const columns = Object.keys(values);
    const condition = conditionOf(model, where, columns.length);
    const sets = columns.map((column, index) => `${column} = $${index + 1}`);
    return database.query(`update ${model} set ${sets.join(', ')} ${condition.text} returning *`, [
      ...Object.values(values),
      ...condition.values,
    ]);
  }

  function remove(model: string, where: CleanedWhere[]) {
    const condition = conditionOf(model, where);
    return database.query(`delete from ${model} ${condition.text} returning *`, condition.values);
  }
}

type FindMany = {
  model: string;
  where?: CleanedWhere[] | undefined;
  limit: number;
  sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined;
  offset?: number | undefined;
};

const OPERATORS: Partial<Record<CleanedWhere['operator'], string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** Rejects operators that the library does not use on these models, rather than answer something else. */
function conditionOf(model: string, where: CleanedWhere[], before = 0): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = where.map(({ field, operator, value, connector }, index) => {
    values.push(stored(model, { [field]: value })[columnOf(field)]);
    const place = `$${before + values.length}`;
    const sign = OPERATORS[operator];
    if (sign === undefined && operator !== 'in') throw new Error(`no condition ${operator} on ${model}`);
    const test = sign === undefined ? `${columnOf(field)} = any(${place})` : `${columnOf(field)} ${sign} ${place}`;
    return index === 0 ? test : `${connector === 'OR' ? 'or' : 'and'} ${test}`;
  });
  return { text: parts.length === 0 ? '' : `where ${parts.join(' ')}`, values };
}

function stored(model: string, data: Fields): Fields {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [
      columnOf(field),
      model === 'sessions' && field === 'token' ? hashed(value) : value,
    ]),
  );
}

function hashed(token: unknown): unknown {
  return Array.isArray(token) ? token.map((one) => hashOf(String(one))) : hashOf(String(token));
}

function tokenOf({ token }: Fields): Fields {
  return token === undefined ? {} : { token };
}

/** Who asked with a token is answered with it. */
function askedToken(model: string, where: CleanedWhere[]): Fields {
  const asked =
    model === 'sessions' ? where.find(({ field, operator }) => field === 'token' && operator === 'eq') : undefined;
  return asked === undefined ? {} : { token: asked.value };
}

function columnOf(field: string): string {
  const column = field.replace(/ID$/, 'Id').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (!/^[a-z_]+$/.test(column)) throw new Error(`${field} is no column`);
  return column;
}

function loaded(row: Fields | undefined): Fields {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([column, value]) => [
      column === 'credential_id'
        ? 'credentialID'
        : column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      column === 'counter' ? Number(value) : value,
    ]),
  );
}
