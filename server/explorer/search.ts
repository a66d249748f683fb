import type { Database, Query } from '#db/database.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { START } from '#server/kernel/position.ts';
import type { ReadRouting } from '#server/kernel/read-routing.ts';
import type { Explorer } from './explorer.ts';
import { markSimilar } from './mark-similar.ts';
import { nearWords } from './near-words.ts';
import { readSplit } from './read-split.ts';
import type { SearchHit, SearchHits, SearchQuery } from './searches.ts';

const HEADLINE = `'StartSel=' || chr(57344) || ', StopSel=' || chr(57345)
  || ', MaxFragments=2, MinWords=4, MaxWords=14, FragmentDelimiter=' || chr(57346)`;

/** Documents that are ranked: ranking all that have a frequent word would read the whole index of a large store. */
const RANKED_MAX = 2000;
/** Where their words are made anew without masked fields, at a fifth of a millisecond each. */
const SEEN_RANKED_MAX = 500;
/** Documents among which a frequent word is looked for before the index is asked. */
const LOOKED_THROUGH = 5000;

const MATCHES = `lexemes @@ to_tsquery('simple', $1) and ($2::text is null or category = $2)`;

/** What a document says without its masked fields, whose names are $4; null where it has none. */
const SEEN = `(
  select case when rest = fields then null else title || ' ' || coalesce((
    select string_agg(v #>> '{}', ' · ') from jsonb_path_query(rest, 'strict $.** ? (@.type() == "string")') v), '') end
  from (select without_fields(fields, $4::text[]) as rest offset 0) w)`;

// As the sink writes lexemes, of what is seen alone: neither that a document is found nor where it stands tells more.
const SEEN_WORDS = `(
  select to_tsvector('simple', t || ' ' || regexp_replace(t, '[^[:alnum:]]+', ' ', 'g'))
  from (
    select concat_ws(' ', stream_id, seen, regexp_replace(array_to_string(event_types, ' '), '([a-z0-9])([A-Z])', '\\1 \\2', 'g')) as t
    from (select ${SEEN} as seen offset 0) s where seen is not null
  ) x)`;

/** Lexemes of a document as they may be asked for; `$3`: by masked fields too. */
const ASKED_WORDS = `case when $3::boolean then lexemes else coalesce(${SEEN_WORDS}, lexemes) end`;
const MATCHES_ASKED = `${MATCHES} and ${ASKED_WORDS} @@ to_tsquery('simple', $1)`;

// A frequent word fills the candidates from the first documents; the index would list a million of them first.
const frequent = (documents: string, most = RANKED_MAX) => `
  select stream_id from (select * from ${documents} limit ${LOOKED_THROUGH}) first
  where ${MATCHES_ASKED} limit ${most} + 1`;
const matching = (documents: string, most = RANKED_MAX) =>
  `select stream_id from ${documents} where ${MATCHES_ASKED} limit ${most} + 1`;

// Every word as a prefix, all of them; a document whose name matches stands before one that only mentions it.
const byWord = (documents: string, chosen: string) => `
  with hits as (
    select d.*, ts_rank_cd('{0.05, 0.1, 0.3, 1.0}', ${ASKED_WORDS}, q) as score, q
    from ${documents} d, to_tsquery('simple', $1) q
    where ($2::text is null or category = $2) and stream_id ${chosen}
    order by score desc, stream_id limit $5
  )
  select stream_id as "streamId", category, title, version::float8 as "streamVersion", score::float8 as score,
         ts_headline('simple', body, q, ${HEADLINE}) as headline, ${SEEN} as seen
  from hits order by score desc, stream_id`;

/** What can be the id of a stream or its beginning: a category, a hyphen and something behind it. */
const ID_TEXT = /^[A-Za-z][A-Za-z0-9_.]*-\S+$/;

// By the primary key alone. What begins alike stands together under collation "C", and the id itself comes first.
const idsThatBegin = (documents: string) => `
  select stream_id from ${documents}
  where stream_id >= $1 and stream_id < $1 || chr(1114111) and ($2::text is null or category = $2)
  order by stream_id limit $3`;

// Every word near to some word of the document, by trigrams.
const byLikeness = (documents: string, most: number) => `
  with alike as materialized (
    select *, case when $3::boolean then title || ' ' || body else coalesce(${SEEN}, title || ' ' || body) end as asked
    from ${documents}
    where (select bool_and(word <% (title || ' ' || body)) from unnest($1::text[]) word)
      and $6 <% (title || ' ' || body)
      and ($2::text is null or category = $2) and stream_id <> all ($7)
    limit ${most} + 1
  ), near as materialized (
    select * from alike where $3::boolean or (select bool_and(word <% asked) from unnest($1::text[]) word)
  ), best as (
    select *, (select min(word_similarity(word, asked)) from unnest($1::text[]) word)::float8 as score
    from near order by score desc, stream_id limit $5
  )
  select stream_id as "streamId", category, title, version::float8 as "streamVersion", score,
         body as headline, ${SEEN} as seen, (select count(*) from near)::float8 as candidates
  from best order by score desc, stream_id`;

/** Likeness from which a word counts as misspelt: "expres" and "expess" are 0.5 and more from "express". */
const LIKENESS_MIN = '0.45';

type Row = Omit<SearchHit, 'highlights' | 'match'> & { headline: string; seen: string | null };

/** How the index is read by words, by one statement: for a comparison of two versions. */
export const searchReader = {
  statement: byWord('search_documents', `in (${matching('search_documents')})`),
  parameters: ({ q = '', category = null, limit = 20 }: JsonObject) => [
    lexemesOf(asTyped(wordsOf(typeof q === 'string' ? q : ''))),
    category,
    true,
    [],
    limit,
  ],
};

type Parts = {
  database: Database;
  onRead?(name: string, request: JsonObject): void;
  routing?: ReadRouting | undefined;
};

/** An id or its beginning; then full text with prefixes; where nothing has the words, what was likely meant; where that leaves room, what is spelt alike. */
export async function search(
  { database, onRead, routing }: Parts,
  { reader, ...query }: Parameters<Explorer['search']>[0],
): Promise<SearchHits> {
  if (wordsOf(query.q).length === 0) return { hits: [], rankedMax: null };
  const { masked: _, ...asking } = query;
  onRead?.('search', asking);
  const asked = { name: 'search', reader, position: async () => START };
  const { answer } = await readSplit(routing, asked, (tables) => find(database, tables('search_documents'), query));
  return answer;
}

const wordsOf = (q: string): string[] =>
  q
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.slice(0, 12) ?? [];

/** A query of lexemes: for each word its beginning, or one of those that stand after it. */
const lexemesOf = (meanings: readonly string[][]): string =>
  meanings.map(([word, ...others]) => `(${[`${word}:*`, ...others].join(' | ')})`).join(' & ');

const asTyped = (words: readonly string[]): string[][] => words.map((word) => [word]);

async function find(
  database: Database,
  documents: string,
  { q, category, limit = 20, masked }: Omit<SearchQuery, 'reader'>,
): Promise<SearchHits> {
  const words = wordsOf(q);
  const [longest] = [...words].sort((a, b) => b.length - a.length);
  const most = (masked?.found ?? true) ? RANKED_MAX : SEEN_RANKED_MAX;
  const asking = [category ?? null, masked?.found ?? true, masked?.names ?? []] as const;
  const ask = async (meanings: string[][], match: SearchHit['match'], ids?: string[]): Promise<SearchHits> => {
    const asked: Asked = [lexemesOf(meanings), ...asking];
    const candidates = ids ?? (await candidatesFor(database, documents, asked, most));
    const ranked = candidates.slice(0, most);
    const rows = await database.query<Row>(byWord(documents, '= any ($6)'), [...asked, limit, ranked]);
    const hits = rows.map(
      ({ headline, seen, ...hit }): SearchHit => ({
        ...hit,
        highlights: seen === null ? fragmentsOf(headline) : markSimilar(seen, words),
        match,
      }),
    );
    return { hits, rankedMax: candidates.length > most ? most : null };
  };
  const ids = await idsOf(database, documents, { q: q.trim(), category, limit });
  const exact = await ask(asTyped(words), 'words');
  if (ids.length > 0) {
    // An id that is there is not misspelt: nothing that is only alike follows.
    const { hits } = await ask(asTyped(words), 'words', ids);
    return { ...exact, hits: byIdFirst(ids, hits, exact.hits).slice(0, limit) };
  }
  if (exact.hits.length === 0) {
    const meant = await ask(await nearWords(database, words), 'alike');
    if (meant.hits.length > 0) return meant;
  }
  const { hits, rankedMax } = exact;
  if (hits.length >= limit) return exact;
  const found = hits.map((hit) => hit.streamId);
  const alike = await byIndex(database, (query) =>
    query<Row & { candidates: number }>(byLikeness(documents, most), [
      words,
      ...asking,
      limit - hits.length,
      longest,
      found,
    ]),
  );
  // Below every exact hit: a likeness is at most 1, and is told as a tenth of itself.
  const lowest = hits.at(-1)?.score ?? 1;
  return {
    hits: [
      ...hits,
      ...alike.map(({ headline, seen, candidates: _, ...hit }) => ({
        ...hit,
        score: (lowest * hit.score) / 10,
        highlights: markSimilar(seen ?? headline, words),
        match: 'alike' as const,
      })),
    ],
    rankedMax: (alike[0]?.candidates ?? 0) > most ? most : rankedMax,
  };
}

/** Ids that are the text or begin with it, in their order. */
async function idsOf(
  database: Database,
  documents: string,
  { q, category, limit }: Pick<SearchQuery, 'q' | 'category'> & { limit: number },
): Promise<string[]> {
  if (!ID_TEXT.test(q)) return [];
  const rows = await database.query<{ stream_id: string }>(idsThatBegin(documents), [q, category ?? null, limit]);
  return rows.map((row) => row.stream_id);
}

/** Hits of ids in the order of these, and then what mentions them; each scored below the one before. */
function byIdFirst(ids: readonly string[], named: readonly SearchHit[], others: readonly SearchHit[]): SearchHit[] {
  const best = others[0]?.score ?? 0;
  return [
    ...ids.flatMap((id, index) => {
      const hit = named.find(({ streamId }) => streamId === id);
      return hit === undefined ? [] : [{ ...hit, score: best + 1 / (index + 1) }];
    }),
    ...others.filter(({ streamId }) => !ids.includes(streamId)),
  ];
}

/** What the first parameters of every statement are. */
type Asked = [prefixes: string, category: string | null, found: boolean, names: readonly string[]];

/** Streams whose documents match, one more than are ranked where there are more. */
async function candidatesFor(database: Database, documents: string, asked: Asked, most: number): Promise<string[]> {
  type Found = { stream_id: string };
  const first = await database.query<Found>(frequent(documents, most), asked);
  const rows =
    first.length > most ? first : await byIndex(database, (query) => query<Found>(matching(documents, most), asked));
  return rows.map((row) => row.stream_id);
}

/** The planner does not know what the words are, and would read every document for a limit that is never reached. */
function byIndex<Result>(database: Database, work: (query: Query) => Promise<Result>): Promise<Result> {
  return database.transaction(async (query) => {
    await query(
      `select set_config('enable_seqscan', 'off', true), set_config('pg_trgm.word_similarity_threshold', $1, true)`,
      [LIKENESS_MIN],
    );
    return work(query);
  });
}

function fragmentsOf(headline: string): string[] {
  return headline.split('\ue002').filter((fragment) => fragment !== '');
}
