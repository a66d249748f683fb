import type { Database } from '#db/database.ts';
import { findEmbeddedPostgres, runningAddress } from '#db/embedded.ts';
import { readEnv } from './env.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createHistory, type History } from './identity/history.ts';
import { firstLink, invite } from './identity/invitations.ts';
import { createOperator, disableOperator, listOperators } from './identity/operators.ts';
import { readArguments } from './import-export/read-arguments.ts';
import { ROLES, type Role } from './kernel/caller.ts';
import { systemClock } from './kernel/clock.ts';
import { onDatabase, runProgram } from './run-program.ts';

const USAGE = `npm run operator -- link                                      the first administrator's link, while there is no operator
npm run operator -- link --email E --role viewer|operator|admin
npm run operator -- create --email E --role viewer|operator|admin [--name N] --password-stdin
npm run operator -- list
npm run operator -- disable --email E [--reason R]
npm run operator -- database-url                              of the embedded Postgres that runs, without its password`;

/** Who did it, in the history: whoever has a shell on the server. */
const BY = 'command line';

type Wanted = { email: string; name: string; reason: string; role: Role | undefined };

await runProgram(run);

async function run(): Promise<void> {
  const given = readArguments(USAGE, {
    allowPositionals: true,
    options: {
      email: { type: 'string', default: '' },
      role: { type: 'string' },
      name: { type: 'string', default: '' },
      reason: { type: 'string', default: 'from the command line' },
      'password-stdin': { type: 'boolean', default: false },
    },
  });
  if (given === undefined) {
    process.exitCode = 2;
    return;
  }
  const { values, positionals } = given;
  const role = ROLES.find((one) => one === values.role);
  const wanted: Wanted = { ...values, role };
  const known = values.email !== '' && role !== undefined;
  const act = positionals[0];
  if (act === 'create' && known && values['password-stdin']) await create(wanted, await readPassword());
  else if (act === 'link' && (known || (values.email === '' && values.role === undefined))) await link(wanted);
  else if (act === 'disable' && values.email !== '') await disable(wanted);
  else if (act === 'list') await list();
  else if (act === 'database-url') printDatabaseUrl();
  else throw new Error(USAGE);
}

async function create({ email, name, role }: Wanted, password: string): Promise<void> {
  await onStore(async (parts) => {
    const made = await createOperator(
      { ...parts, secret: await parts.secret() },
      { email, name, role: role as Role, password },
      BY,
    );
    console.log(`${made.email} may sign in as ${made.role}`);
  });
}

/** The address alone is on the standard output. */
async function link({ email, role }: Wanted): Promise<void> {
  const { publicUrl, address, databaseUrl, dataDir } = readEnv();
  const running = databaseUrl === undefined ? runningAddress(dataDir) : undefined;
  await onStore(async ({ database }) => {
    const secret =
      role === undefined ? await firstLink(database) : (await invite(database, { email, role, by: BY })).secret;
    if (secret === undefined) throw new Error('there are operators already: give --email and --role');
    const before = email === '' ? 'The link printed earlier' : `An earlier link for ${email}`;
    console.error(`For one person, once, within a day. ${before} no longer opens.`);
    console.log(`${publicUrl ?? running ?? address}/welcome#${secret}`);
  });
}

async function list(): Promise<void> {
  await onStore(async ({ database }) => {
    for (const one of await listOperators({ database })) {
      const factors = one.secondFactors.join('+') || 'no second factor';
      console.log([one.email, one.role, one.disabledAt === null ? 'active' : 'disabled', factors].join('\t'));
    }
  });
}

async function disable({ email, reason }: Wanted): Promise<void> {
  await onStore(async (parts) => {
    const found = (await listOperators(parts)).find((one) => one.email === email.toLowerCase());
    if (found === undefined) throw new Error(`no operator has the address ${email}`);
    await disableOperator({ ...parts, forget: () => {} }, { operatorId: found.operatorId, reason }, BY);
    console.log(`${found.email} is disabled`);
  });
}

/** Without the password, which would stand in `ps` and in the shell's history; the file beside it has it for its owner. */
function printDatabaseUrl(): void {
  const { databaseUrl, dataDir } = readEnv();
  if (databaseUrl !== undefined) throw new Error('DATABASE_URL is given: it is the address');
  const found = findEmbeddedPostgres(dataDir);
  if (found === undefined) throw new Error(`No Postgres runs on ${dataDir}: start Tidemark with npm start.`);
  const url = new URL(found);
  url.password = '';
  console.log(url.href);
}

async function onStore(
  work: (parts: { database: Database; history: History; secret(): Promise<string> }) => Promise<void>,
): Promise<void> {
  await onDatabase('tidemark-operator', async ({ database, secret }) => {
    const eventStore = createPostgresEventStore(database);
    try {
      await work({ database, secret, history: createHistory(eventStore, systemClock) });
    } finally {
      await eventStore.close();
    }
  });
}

/** The first line of the standard input: a password as an argument would be in the shell's history and in `ps`. */
async function readPassword(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text.split(/\r?\n/)[0] ?? '';
}
