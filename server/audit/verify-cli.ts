import { parseArgs } from 'node:util';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { openDatabase } from '#server/import-export/open-database.ts';
import { createAudit } from './create-audit.ts';

const USAGE = `npm run -s audit:verify -- [--expect HASH]    follows the audit's hash chain and prints its head
  Exit: 0 it holds, 1 a link is broken, or the head is not HASH.`;

/** Follows the audit's chain; exits 1 and names the first broken link, or a head that is not `--expect`. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { expect: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { database, close } = await openDatabase('tidemark-audit-verify');
  const eventStore = createPostgresEventStore(database);
  try {
    const { links, head, broken } = await createAudit(database, eventStore).verify();
    if (broken !== null) {
      const position = broken.globalPosition === null ? '' : ` (position ${broken.globalPosition})`;
      console.error(
        `Broken at version ${broken.streamVersion}${position}: ${broken.why}. ${links} links before it hold.`,
      );
      return 1;
    }
    if (values.expect !== undefined && values.expect !== head) {
      console.error(`The chain of ${links} links holds, but its head is ${head ?? 'nothing'}, not ${values.expect}.`);
      return 1;
    }
    console.log(`${links} links hold. Head: ${head ?? 'none yet'}`);
    return 0;
  } finally {
    await eventStore.close();
    await close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
