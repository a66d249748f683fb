import postgres from 'postgres';

/** What autovacuum, which is off during measurements, would do sooner or later: statistics and hint bits. */
export async function vacuum(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`vacuum analyze`;
  await sql.end();
}
