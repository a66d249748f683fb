import pg from 'pg';

/** Runs statements, each `[text, values]`, one after the other, then leaves statistics and hint bits in order. */
export async function runSql(url, ...statements) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const [text, values] of statements) await client.query(text, values);
  await client.query('vacuum analyze');
  await client.end();
}
