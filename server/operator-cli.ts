import { parseArgs } from 'node:util';
import { readEnv } from './env.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createHistory } from './identity/history.ts';
import { createOperator, disableOperator, listOperators } from './identity/operators.ts';
import { openDatabase } from './import-export/open-database.ts';
import { ROLES, type Role } from './kernel/caller.ts';
import { systemClock } from './kernel/clock.ts';

const USAGE = `npm run operator -- create --email E --role viewer|operator|admin [--name N] --password-stdin
npm run operator -- list
npm run operator -- disable --email E [--reason R]`;

/** Who did it, in the history: whoever has a shell on the server. */
const BY = 'command line';

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      email: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string', default: '' },
      reason: { type: 'string', default: 'from the command line' },
      'password-stdin': { type: 'boolean', default: false },
    },
  });
  const act = positionals[0];
  const role = ROLES.find((one) => one === values.role);
  if (act === 'create') {
    if (values.email === undefined || role === undefined || !values['password-stdin']) throw new Error(USAGE);
  } else if (act === 'disable') {
    if (values.email === undefined) throw new Error(USAGE);
  } else if (act !== 'list') throw new Error(USAGE);
  const password = act === 'create' ? await readPassword() : '';

  const { database, close } = await openDatabase('tidemark-operator');
  const eventStore = createPostgresEventStore(database);
  const { secret } = readEnv();
  const history = createHistory(eventStore, systemClock);
  try {
    if (act === 'create') {
      const account = { email: values.email ?? '', name: values.name, role: role as Role, password };
      const made = await createOperator({ database, history, secret }, account, BY);
      console.log(`${made.email} may sign in as ${made.role}`);
    } else if (act === 'list') {
      for (const one of await listOperators({ database })) {
        const factors = one.secondFactors.join('+') || 'no second factor';
        console.log([one.email, one.role, one.disabledAt === null ? 'active' : 'disabled', factors].join('\t'));
      }
    } else {
      const found = (await listOperators({ database })).find(({ email }) => email === values.email?.toLowerCase());
      if (found === undefined) throw new Error(`no operator has the address ${values.email}`);
      const change = { operatorId: found.operatorId, reason: values.reason };
      await disableOperator({ database, history, forget: () => {} }, change, BY);
      console.log(`${found.email} is disabled`);
    }
  } finally {
    await eventStore.close();
    await close();
  }
}

/** The first line of the standard input: a password as an argument would be in the shell's history and in `ps`. */
async function readPassword(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text.split(/\r?\n/)[0] ?? '';
}
