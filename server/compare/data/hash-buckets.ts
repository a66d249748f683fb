import type { Query } from '#db/database.ts';
import type { ComparedTable } from './columns.ts';

/** Rows of one bucket: ten differences in a million rows are ten buckets, and 0.5 % of the rows read after hashing. */
const BUCKET_ROWS = 256;

/** Buckets of one statement: some 16,000 rows of each side, a step after which progress is told. */
const STEP_BUCKETS = 64;

/** A range of keys, from `from` inclusive to `to` exclusive; null is open. Key columns as text. */
export type Bucket = { from: string[] | null; to: string[] | null };

export type Hashed = { buckets: number; different: (Bucket & { rows: number })[]; rowsA: number; rowsB: number };

type Digest = { rows: string; digest: string | null };

/**
 * Counts and digests of both sides by ranges of keys; the ranges come from the keys of the larger side, and every row of
 * either lies in one. The digest is the exclusive or of 64-bit hashes of the rows: the keys within are distinct, so
 * equal rows can't cancel each other.
 */
export async function hashBuckets(
  query: Query,
  compared: ComparedTable,
  { onStep }: { onStep(rows: number, total: number): Promise<void> },
): Promise<Hashed> {
  const sizes = await sizesOf(query, compared);
  const total = sizes.a + sizes.b;
  const limits = await boundaries(query, compared, sizes.a >= sizes.b ? 'a' : 'b');
  const buckets: Bucket[] = [null, ...limits].map((from, index) => ({ from, to: limits[index] ?? null }));
  const result: Hashed = { buckets: buckets.length, different: [], rowsA: 0, rowsB: 0 };
  for (let first = 0; first < buckets.length; ) {
    const open = buckets[first]?.from === null || buckets[first]?.to === null;
    const part = open ? buckets.slice(first, first + 1) : closedFrom(buckets, first);
    const a = await digests(query, compared, 'a', part);
    const b = await digests(query, compared, 'b', part);
    for (const [index, bucket] of part.entries()) {
      const ofA = a[index] ?? { rows: '0', digest: null };
      const ofB = b[index] ?? { rows: '0', digest: null };
      result.rowsA += Number(ofA.rows);
      result.rowsB += Number(ofB.rows);
      if (ofA.rows !== ofB.rows || ofA.digest !== ofB.digest)
        result.different.push({ ...bucket, rows: Number(ofA.rows) + Number(ofB.rows) });
    }
    first += part.length;
    await onStep(result.rowsA + result.rowsB, total);
  }
  return result;
}

function closedFrom(buckets: readonly Bucket[], first: number): Bucket[] {
  const part = buckets.slice(first, first + STEP_BUCKETS);
  const end = part.findIndex((bucket) => bucket.to === null);
  return end < 0 ? part : part.slice(0, end);
}

async function sizesOf(query: Query, { a, b }: ComparedTable): Promise<{ a: number; b: number }> {
  const [row] = await query<{ a: number; b: number }>(
    `select (select count(*) from ${a})::float8 as a, (select count(*) from ${b})::float8 as b`,
  );
  return row ?? { a: 0, b: 0 };
}

async function boundaries(query: Query, compared: ComparedTable, side: 'a' | 'b'): Promise<string[][]> {
  const names = compared.key.map((column) => `"${column[side]}"`);
  const rows = await query<{ key: string[] }>(
    `select array[${names.map((name) => `${name}::text`).join(', ')}] as key from (
       select ${names.join(', ')}, row_number() over (order by ${names.join(', ')}) as n from ${compared[side]}) t
     where n % ${BUCKET_ROWS} = 0 order by n`,
  );
  return rows.map((row) => row.key);
}

/** A row's hash over the columns that are compared, in one order on both sides. */
export function hashOf(compared: ComparedTable, side: 'a' | 'b', alias: string): string {
  const columns = compared.columns.map((column) => `${alias}."${column[side]}"`);
  return `hashtextextended(row(${columns.join(', ')})::text, 0)`;
}

async function digests(
  query: Query,
  compared: ComparedTable,
  side: 'a' | 'b',
  part: readonly Bucket[],
): Promise<Digest[]> {
  const digest = `count(*) as rows, bit_xor(${hashOf(compared, side, 't')}) as digest from ${compared[side]} t`;
  const [only] = part;
  if (only !== undefined && (only.from === null || only.to === null)) {
    const { condition, parameters } = within(compared, side, only);
    return query<Digest>(`select ${digest} where ${condition}`, parameters);
  }
  const names = compared.key.map((column) => `t."${column[side]}"`);
  const typed = (prefix: string) => compared.key.map(({ type }, index) => `r.${prefix}${index}::${type}`);
  const arrays = compared.key.map((_, index) => part.map((bucket) => bucket.from?.[index] ?? null));
  const ends = compared.key.map((_, index) => part.map((bucket) => bucket.to?.[index] ?? null));
  const all = [...arrays, ...ends];
  return query<Digest>(
    `select x.* from unnest(${all.map((_, index) => `$${index + 1}::text[]`).join(', ')}) with ordinality
       as r (${[...compared.key.map((_, index) => `f${index}`), ...compared.key.map((_, index) => `t${index}`)].join(', ')}, n)
     cross join lateral (select ${digest}
       where (${names.join(', ')}) >= (${typed('f').join(', ')}) and (${names.join(', ')}) < (${typed('t').join(', ')})) x
     order by r.n`,
    all,
  );
}

/** The condition that a row of a side lies in a bucket. */
export function within(
  { key }: ComparedTable,
  side: 'a' | 'b',
  { from, to }: Bucket,
  alias = 't',
): { condition: string; parameters: string[] } {
  const names = `(${key.map((column) => `${alias}."${column[side]}"`).join(', ')})`;
  const values = (offset: number) =>
    `(${key.map(({ type }, index) => `$${offset + index + 1}::text::${type}`).join(', ')})`;
  const parameters = [...(from ?? []), ...(to ?? [])];
  const conditions = [
    ...(from === null ? [] : [`${names} >= ${values(0)}`]),
    ...(to === null ? [] : [`${names} < ${values(from === null ? 0 : key.length)}`]),
  ];
  return { condition: conditions.join(' and ') || 'true', parameters };
}
