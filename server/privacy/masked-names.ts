import type { Database } from '#db/database.ts';

/** Another process's change is seen so long after it. */
const FRESH_MS = 1000;

/** Names of fields that are masked: those that schemas mark, and those that an administrator added. */
export function createMaskedNames(database: Database, marked: readonly string[]) {
  const own = new Set(marked.flatMap(spellings));
  let names: ReadonlySet<string> = own;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function added(): Promise<string[]> {
    const rows = await database.query<{ name: string }>('select name from masked_fields order by name');
    return rows.map(({ name }) => name);
  }

  /** While the database is away nothing is unmasked: what was known last stands. */
  async function refresh(): Promise<void> {
    readAtMs = performance.now();
    const found = await added().catch(() => undefined);
    if (found !== undefined) names = new Set([...own, ...found.flatMap(spellings)]);
  }

  const fresh = () => reading === undefined && performance.now() - readAtMs < FRESH_MS;

  return {
    added,
    /** The names where they need not be read anew. */
    known: (): ReadonlySet<string> | undefined => (fresh() ? names : undefined),
    async names(): Promise<ReadonlySet<string>> {
      if (!fresh()) {
        reading ??= refresh().finally(() => {
          reading = undefined;
        });
      }
      await reading;
      return names;
    },
    async set(wanted: readonly string[], actor: string): Promise<void> {
      await database.transaction(async (query) => {
        await query('delete from masked_fields where name <> all ($1::text[])', [wanted]);
        await query(
          'insert into masked_fields (name, added_by) select name, $2 from unnest($1::text[]) name on conflict do nothing',
          [wanted, actor],
        );
      });
      await refresh();
    },
  };
}

/** As events write it, and as a column of a read model does. */
function spellings(name: string): string[] {
  return [name, name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}
