import { createApiKey, listApiKeys, revokeApiKey } from './identity/api-keys.ts';
import { readArguments } from './import-export/read-arguments.ts';
import { ROLES } from './kernel/caller.ts';
import { onDatabase, runProgram } from './run-program.ts';

const USAGE = `npm run -s api-key -- create --name N --role viewer|operator|admin [--days D]
npm run -s api-key -- list
npm run -s api-key -- revoke --id K`;

await runProgram(run);

/** `create` prints the key alone on its last line. */
async function run(): Promise<void> {
  const given = readArguments(USAGE, {
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string' },
      days: { type: 'string' },
      id: { type: 'string' },
    },
  });
  if (given === undefined) {
    process.exitCode = 2;
    return;
  }
  const { values, positionals } = given;
  const act = positionals[0];
  const { name } = values;
  const role = ROLES.find((one) => one === values.role);
  const expiresInDays = values.days === undefined ? undefined : Number(values.days);
  const wrongDays = expiresInDays !== undefined && !(Number.isInteger(expiresInDays) && expiresInDays > 0);
  if (act === 'create' ? !name || role === undefined || wrongDays : act === 'revoke' ? !values.id : act !== 'list') {
    throw new Error(USAGE);
  }
  await onDatabase('tidemark-api-key', async ({ database }) => {
    if (act === 'create' && name !== undefined && role !== undefined) {
      const { key } = await createApiKey(database, { name, role, expiresInDays }, 'command line');
      console.error(`A key for ${name} as ${role}. It is shown this once:`);
      console.log(key);
    } else if (act === 'revoke') {
      console.log(`${(await revokeApiKey(database, values.id ?? '')).name} is revoked`);
    } else {
      for (const key of await listApiKeys(database)) {
        const state = key.revokedAt !== null ? 'revoked' : (key.expiresAt ?? 'no expiry');
        console.log([key.keyId, key.name, key.role, `${key.prefix}…`, state].join('\t'));
      }
    }
  });
}
